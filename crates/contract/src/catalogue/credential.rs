/// Declares what can be wrong with a credential: a code, and the words in both languages.
macro_rules! credential_faults {
    ($($(#[$documentation:meta])* $name:ident = $code:literal, $spanish:literal, $english:literal;)*) => {
        /// Why a caller is not believed. It never says which half of a secret was wrong.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum CredentialFault {
            $($(#[$documentation])* $name,)*
        }

        impl CredentialFault {
            /// All of them.
            pub const ALL: &[CredentialFault] = &[$(CredentialFault::$name),*];

            /// Its stable code.
            pub const fn code(self) -> &'static str {
                match self {
                    $(CredentialFault::$name => $code,)*
                }
            }

            /// Its words, in Spanish and in English.
            pub const fn words(self) -> (&'static str, &'static str) {
                match self {
                    $(CredentialFault::$name => ($spanish, $english),)*
                }
            }
        }
    };
}

credential_faults! {
    /// No credential at all.
    Missing = "MISSING", "no se envió ninguna", "none was sent";
    /// An `Authorization` header of another scheme.
    NotBearer = "NOT_BEARER", "el encabezado Authorization no es Bearer", "the Authorization header is not Bearer";
    /// One half of an application key without the other.
    HalfAnApplicationKey = "HALF_AN_APPLICATION_KEY",
        "solo se envió una mitad de la llave de aplicación", "only one half of the application key was sent";
    /// An application key nobody has made, or the wrong token for it.
    WrongApplicationKey = "WRONG_APPLICATION_KEY",
        "la llave de aplicación no existe o su token no es el suyo", "the application key does not exist or its token is another";
    /// A token that is none.
    Unreadable = "UNREADABLE_TOKEN", "el token no se puede leer", "the token cannot be read";
    /// A token whose signature does not hold with any known key.
    BadSignature = "BAD_SIGNATURE",
        "ninguna clave conocida confirma la firma del token", "no known key confirms the token's signature";
    /// A token of another issuer.
    OtherIssuer = "OTHER_ISSUER", "el token es de otro emisor", "the token is of another issuer";
    /// A token for another audience.
    OtherAudience = "OTHER_AUDIENCE", "el token es para otro destinatario", "the token is for another audience";
    /// A token that has expired.
    Expired = "EXPIRED", "el token venció", "the token has expired";
    /// A token that does not hold yet.
    NotYetValid = "NOT_YET_VALID", "el token aún no vale", "the token does not hold yet";
    /// A token that names nobody, or names its user, organization or customer in a way that is none.
    NamesNobody = "NAMES_NOBODY",
        "el token no nombra bien a su usuario, organización o cliente", "the token does not properly name its user, organization or customer";
}
