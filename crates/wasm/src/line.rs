use crate::javascript::{from_javascript, language, to_javascript};
use fiado_contract::catalogue::Unread;
use fiado_contract::facade::{ErrorBody, Preview, Previewer, Question, numbers};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// A snapshot that is read once, to be asked with every keystroke.
///
/// `preview` and `previewCart` answer in numbers alone; texts, objects and hashes of the last preview
/// are made when they are asked for. Nothing is ever thrown.
#[wasm_bindgen]
pub struct Line {
    previewer: Result<Previewer, Unread>,
    /// What was asked last, if anything was.
    question: Option<Result<Question, Unread>>,
}

#[wasm_bindgen]
impl Line {
    /// Reads a snapshot. Where it cannot be read, `problem` says why, and every preview is unanswered.
    #[wasm_bindgen(constructor)]
    pub fn new(#[wasm_bindgen(unchecked_param_type = "Snapshot")] snapshot: JsValue) -> Line {
        Line { previewer: Previewer::read(&from_javascript(&snapshot)), question: None }
    }

    /// ISO 4217; nothing where the snapshot cannot be read.
    #[wasm_bindgen(getter)]
    pub fn currency(&self) -> Option<String> {
        self.previewer.as_ref().ok().map(|previewer| previewer.currency().code().to_owned())
    }

    /// How many decimals the currency has; nothing where the snapshot cannot be read.
    #[wasm_bindgen(getter)]
    pub fn decimals(&self) -> Option<u32> {
        self.previewer.as_ref().ok().map(|previewer| previewer.currency().decimals())
    }

    /// Previews an amount that is paid at once: the figures, and every plan that is offered for it.
    ///
    /// `amount` is in minor units (cents; `125000` is 1,250.00 of a currency with two decimals), `now` in
    /// milliseconds since 1970 (`Date.now()`; `NaN` or `undefined`: when the snapshot was taken).
    #[wasm_bindgen(unchecked_return_type = "PreviewNumbers")]
    pub fn preview(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "number")] amount: &JsValue,
        #[wasm_bindgen(unchecked_optional_param_type = "number")] now: &JsValue,
    ) -> Vec<f64> {
        let (amount, now) = (number(amount), number(now));
        self.ask(|previewer| previewer.asked_by_amount(amount, now))
    }

    /// The same for a cart, whose amount is in units of currency and which may say how it is to be paid.
    #[wasm_bindgen(js_name = previewCart, unchecked_return_type = "PreviewNumbers")]
    pub fn preview_cart(&mut self, #[wasm_bindgen(unchecked_param_type = "Cart")] cart: JsValue) -> Vec<f64> {
        self.ask(|previewer| previewer.asked_by_cart(&from_javascript(&cart)))
    }

    /// Why the last preview is unanswered, in a language; nothing where it is answered.
    #[wasm_bindgen(unchecked_return_type = "Reason | undefined")]
    pub fn problem(
        &self,
        #[wasm_bindgen(js_name = language, unchecked_optional_param_type = "Language")] word: &JsValue,
    ) -> JsValue {
        match self.unread() {
            Some(unread) => to_javascript(&ErrorBody::of_unread(unread, language(word))),
            None => JsValue::UNDEFINED,
        }
    }

    /// Everything that stands against what was previewed last, the most important first.
    #[wasm_bindgen(unchecked_return_type = "Reason[] | undefined")]
    pub fn reasons(
        &self,
        #[wasm_bindgen(js_name = language, unchecked_optional_param_type = "Language")] word: &JsValue,
    ) -> JsValue {
        self.tell(|previewer, question| Some(previewer.reasons(question, language(word))))
    }

    /// Every plan of what was previewed last, with its id and its hash, in the order of the numbers.
    #[wasm_bindgen(unchecked_return_type = "Plan[] | undefined")]
    pub fn plans(&self) -> JsValue {
        self.tell(|previewer, question| Some(previewer.plans(question)))
    }

    /// The plan that the last cart chose, if it chose one that is offered.
    #[wasm_bindgen(unchecked_return_type = "Plan | undefined")]
    pub fn chosen(&self) -> JsValue {
        self.tell(Previewer::chosen)
    }

    /// The parts that what was previewed last is paid in; nothing where it cannot be split so.
    #[wasm_bindgen(unchecked_return_type = "Installment[] | undefined")]
    pub fn installments(&self) -> JsValue {
        self.tell(Previewer::installments)
    }

    /// What would make it pass.
    #[wasm_bindgen(js_name = wouldPass, unchecked_return_type = "WouldPass | undefined")]
    pub fn would_pass(&self) -> JsValue {
        self.tell(|previewer, question| Some(previewer.would_pass(question)))
    }

    /// What the line has left, whatever is bought; `now` as for `preview`.
    #[wasm_bindgen(unchecked_return_type = "Answer<Availability>")]
    pub fn availability(
        &self,
        #[wasm_bindgen(unchecked_optional_param_type = "number")] now: &JsValue,
        #[wasm_bindgen(js_name = language, unchecked_optional_param_type = "Language")] word: &JsValue,
    ) -> JsValue {
        let error = |unread: &Unread| ErrorBody::of_unread(unread, language(word));
        let answer = match &self.previewer {
            Ok(previewer) => previewer.availability(number(now)).map_err(|unread| error(&unread)),
            Err(unread) => Err(error(unread)),
        };
        to_javascript(&Preview::from(answer))
    }
}

impl Line {
    fn ask(&mut self, read: impl FnOnce(&Previewer) -> Result<Question, Unread>) -> Vec<f64> {
        let Ok(previewer) = &self.previewer else { return vec![numbers::UNANSWERED] };
        let question = read(previewer);
        let answer = question.as_ref().map(|question| previewer.numbers(question));
        let numbers = answer.unwrap_or_else(|_| vec![numbers::UNANSWERED]);
        self.question = Some(question);
        numbers
    }

    /// Why nothing can be told, if nothing can.
    fn unread(&self) -> Option<&Unread> {
        let of_question = || self.question.as_ref().and_then(|question| question.as_ref().err());
        self.previewer.as_ref().err().or_else(of_question)
    }

    /// Something of what was asked last; `undefined` where that is unanswered, or there is none.
    fn tell<T: Serialize>(&self, tell: impl FnOnce(&Previewer, &Question) -> Option<T>) -> JsValue {
        let (Ok(previewer), Some(Ok(question))) = (&self.previewer, &self.question) else {
            return JsValue::UNDEFINED;
        };
        tell(previewer, question).map_or(JsValue::UNDEFINED, |told| to_javascript(&told))
    }
}

/// A number, or `NaN` for everything that is none: taken as a value, because JavaScript throws where it
/// cannot make a number of it.
fn number(value: &JsValue) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}
