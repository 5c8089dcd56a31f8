//! Answers in words: what a programme states about each question that a reader asked.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    query::{MatchGroup, MatchQuery},
    rules::{Answer, Answers},
    worked::{Worked, worked},
};
use crate::{
    domain::{
        entities::model::Places,
        programs::{
            lifecycle::ProgramStanding,
            model::{Activity, Program},
        },
    },
    text::Locale,
    vocabulary,
};

vocabulary! {
    /// Question to a programme.
    pub enum Question {
        Place = "place", "Place", "地区";
        Activity = "activity", "Activity", "业务";
        Need = "need", "Support", "支持方式";
        Open = "open", "Availability", "可否申请";
    }
}

/// Answer to a question, with what the programme states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    pub question: Question,
    pub answer: Answer,
    pub reason: String,
}

/// A programme with everything that a reader needs to judge it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Match {
    pub program: Program,
    pub standing: ProgramStanding,
    /// Day of the standing.
    pub day: NaiveDate,
    pub group: MatchGroup,
    /// In the order of [`Question`]. Questions that the reader does not ask are absent.
    pub conditions: Vec<Condition>,
    /// `None` if the reader states no figure, or the programme no rate.
    pub worked: Option<Worked>,
}

impl Match {
    /// Puts the answers of a programme into words.
    pub fn new(
        query: &MatchQuery,
        program: Program,
        answers: Answers,
        day: NaiveDate,
        places: &Places,
        locale: Locale,
    ) -> Match {
        let conditions = [
            answers.place.map(|answer| (Question::Place, answer, place(query, &program, places, locale))),
            answers
                .activity
                .map(|answer| (Question::Activity, answer, activity(query, &program, answer, locale))),
            answers.need.map(|answer| (Question::Need, answer, need(query, &program, answer, locale))),
            Some((Question::Open, answers.open, open(&program, day, answers.open, locale))),
        ];
        let condition = |(question, answer, reason)| Condition { question, answer, reason };
        Match {
            standing: program.standing(day),
            day,
            group: answers.group(),
            conditions: conditions.into_iter().flatten().map(condition).collect(),
            worked: query.amount.and_then(|amount| worked(&program, query.base, amount)),
            program,
        }
    }

    /// Answer to a question. `None` if the reader does not ask it.
    pub fn answer(&self, question: Question) -> Option<Answer> {
        self.conditions
            .iter()
            .find(|condition| condition.question == question)
            .map(|condition| condition.answer)
    }
}

fn place(query: &MatchQuery, program: &Program, places: &Places, locale: Locale) -> String {
    let (there, id) = (program.jurisdiction.name(locale), program.jurisdiction.id.as_str());
    let firm = query.place.as_deref().and_then(|firm| places.get(firm)).filter(|firm| firm.named.id != id);
    let Some(firm) = firm.map(|firm| &firm.named) else { return there.to_owned() };
    let name = firm.name(locale);
    if places.within(&firm.id, id) {
        locale.pick(format!("{there}, which includes {name}"), format!("{there}（包括{name}）"))
    } else if places.within(id, &firm.id) {
        locale.pick(format!("only {there}, a part of {name}"), format!("仅{there}（{name}的一部分）"))
    } else {
        locale.pick(format!("only {there}"), format!("仅{there}"))
    }
}

fn activity(query: &MatchQuery, program: &Program, answer: Answer, locale: Locale) -> String {
    let shown: Vec<&str> = (program.activities.iter())
        .filter(|activity| answer != Answer::Met || query.does.contains(activity))
        .map(|activity: &Activity| activity.name(locale))
        .collect();
    match answer {
        Answer::NotStated => {
            locale.pick("open to all, or not said for whom", "面向所有企业，或未说明面向何种业务").to_owned()
        }
        _ => locale
            .pick(format!("for a firm that {}", shown.join(", or ")), format!("面向“{}”", shown.join("”“"))),
    }
}

fn need(query: &MatchQuery, program: &Program, answer: Answer, locale: Locale) -> String {
    let instrument = program.instrument.name(locale);
    let need = query.needs.iter().find(|need| need.instruments().contains(&program.instrument));
    match (answer, need) {
        (Answer::NotStated, _) => locale.pick(
            format!("recorded as “{instrument}”: read what it offers"),
            format!("记为“{instrument}”，请阅读其内容"),
        ),
        (_, Some(need)) => {
            let need = need.name(locale);
            locale.pick(format!("“{instrument}” answers “{need}”"), format!("“{instrument}”对应“{need}”"))
        }
        (_, None) => locale.pick(format!("only “{instrument}”"), format!("仅“{instrument}”")),
    }
}

fn open(program: &Program, day: NaiveDate, answer: Answer, locale: Locale) -> String {
    let standing = program.standing(day);
    match program.applications_close {
        Some(close) if answer == Answer::NotStated && !standing.is_past_or_planned() => {
            let close = close.label(locale);
            locale.pick(
                format!("the last application window that is known closed on {close}"),
                format!("已知的最近一次申报已于{close}截止"),
            )
        }
        _ => standing.name(locale).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            entities::model::samples::places,
            programs::model::{Instrument, samples::program},
        },
        text::Named,
    };

    fn named(id: &str) -> Named {
        Named::new(id.into(), id.into(), None)
    }

    fn worded(query: &str, program: Program, answers: Answers) -> Vec<String> {
        let query = MatchQuery::parse(query).unwrap();
        let day = "2026-11-28".parse().unwrap();
        let found = Match::new(&query, program, answers, day, &places(), Locale::En);
        let line = |condition: Condition| {
            let Condition { question, answer, reason } = condition;
            format!("{} {}: {reason}", question.name(Locale::En), answer.name(Locale::En))
        };
        found.conditions.into_iter().map(line).collect()
    }

    const QUERY: &str = "place=shanghai-pudong&does=overseas&does=ai&needs=people";

    #[test]
    fn a_reason_says_what_the_row_says() {
        let city = Program {
            jurisdiction: named("shanghai"),
            instrument: Instrument::Visa,
            activities: vec![Activity::Overseas, Activity::Games],
            ..program("city")
        };
        let met = Some(Answer::Met);
        let answers = Answers { place: met, activity: met, need: met, open: Answer::Met };
        assert_eq!(
            worded(QUERY, city, answers),
            [
                "Place met: shanghai, which includes shanghai-pudong",
                "Activity met: for a firm that distributes abroad",
                "Support met: “Visa” answers “visas, permits, talent”",
                "Availability met: announced",
            ]
        );
    }

    #[test]
    fn what_is_not_met_or_not_stated_is_said_with_the_reason() {
        let other = Program {
            jurisdiction: named("henan"),
            instrument: Instrument::Other,
            applications_close: "2026-11-27".parse().ok(),
            ..program("other")
        };
        let (not_met, not_stated) = (Some(Answer::NotMet), Some(Answer::NotStated));
        let answers =
            Answers { place: not_met, activity: not_stated, need: not_stated, open: Answer::NotStated };
        assert_eq!(
            worded(QUERY, other, answers),
            [
                "Place not met: only henan",
                "Activity not stated: open to all, or not said for whom",
                "Support not stated: recorded as “Other”: read what it offers",
                "Availability not stated: the last application window that is known closed on 27 Nov 2026",
            ]
        );
        let games = Program { activities: vec![Activity::Games], ..program("games") };
        let answers = Answers { place: not_met, activity: not_met, need: not_met, open: Answer::Met };
        assert_eq!(
            worded("place=shanghai&does=ai&needs=people", games, answers),
            [
                "Place not met: only shanghai-pudong, a part of shanghai",
                "Activity not met: for a firm that makes games or runs esports",
                "Support not met: only “Grant”",
                "Availability met: announced",
            ]
        );
    }

    #[test]
    fn questions_that_are_not_asked_have_no_answer() {
        let answers = Answers { place: None, activity: None, need: None, open: Answer::Met };
        assert_eq!(worded("amount=100", program("p"), answers).len(), 1);
    }
}
