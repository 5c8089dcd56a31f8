//! E-mail: the server that sends it, and the texts of confirmations, digests and reports.

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp::{Error as SmtpError, PoolConfig},
};

use super::news::News;
use crate::{
    domain::subscriptions::model::{DigestInterval, EmailAddress, ErrorReport, FollowedPage, SecretToken},
    text::{Locale, date, html},
};

/// Number of concurrent connections to the mail server.
const MAX_CONNECTIONS: u32 = 8;

/// Status codes of SMTP (RFC 5321, 4.2.3; RFC 7504) by which a server says that there is no such mailbox.
const NO_SUCH_MAILBOX: [u16; 5] = [521, 550, 551, 553, 556];

/// Sends e-mail in the name of the site.
#[derive(Clone, Debug)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    sender: Mailbox,
    /// Public origin of the site, for links.
    origin: String,
    /// Host of message ids.
    host: String,
}

/// How an attempt to send a message ended, if not well.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The address will never take mail: the subscription ends.
    #[error("the mailbox does not exist")]
    NoSuchMailbox,
    /// Worth another attempt.
    #[error("the mail server did not take the message: {0}")]
    NotTaken(String),
    #[error("the message could not be written: {0}")]
    Unwritten(String),
}

impl From<SmtpError> for MailError {
    fn from(error: SmtpError) -> Self {
        match error.status().map(u16::from) {
            Some(code) if NO_SUCH_MAILBOX.contains(&code) => MailError::NoSuchMailbox,
            // The texts of servers repeat addresses.
            Some(code) => MailError::NotTaken(format!("status {code}")),
            None if error.is_timeout() => MailError::NotTaken("no answer in time".to_owned()),
            None if error.is_tls() => MailError::NotTaken("no secure connection".to_owned()),
            None => MailError::NotTaken("no connection".to_owned()),
        }
    }
}

/// A message before it has headers.
struct Draft {
    subject: String,
    text: String,
    html: String,
    /// Address that ends the subscription, of a digest.
    leave: Option<String>,
    /// Makes the message id: the same for every attempt.
    id: String,
    answer_to: Option<EmailAddress>,
}

impl Mailer {
    /// Prepares connections to a mail server, by a URL such as `smtps://user:password@mail.example`.
    ///
    /// # Errors
    ///
    /// If the URL or the sender is not valid. Does not quote the URL, which has a password.
    pub fn new(url: &str, sender: Option<&str>, origin: &str) -> anyhow::Result<Mailer> {
        let host = origin.split_once("://").map_or(origin, |(_, host)| host);
        let host = host.split(':').next().unwrap_or(host).to_owned();
        let sender = match sender {
            Some(sender) => sender.to_owned(),
            None => format!("Micro-Drama Observatory <noreply@{host}>"),
        };
        let sender: Mailbox = sender
            .parse()
            .map_err(|_| anyhow::anyhow!("the sender of e-mail (MAIL_FROM) is not an address"))?;
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| {
                anyhow::anyhow!("SMTP_URL is not an address such as smtps://user:password@mail.example")
            })?
            .pool_config(PoolConfig::new().max_size(MAX_CONNECTIONS))
            .build();
        Ok(Mailer { transport, sender, origin: origin.to_owned(), host })
    }

    /// Connects to the mail server and signs in, without sending anything.
    ///
    /// # Errors
    ///
    /// If the server does not accept the connection or the password.
    pub async fn greet(&self) -> Result<(), MailError> {
        match self.transport.test_connection().await? {
            true => Ok(()),
            false => Err(MailError::NotTaken("no connection".to_owned())),
        }
    }

    /// Sends the link that confirms a subscription.
    ///
    /// # Errors
    ///
    /// If the message was not taken.
    pub async fn confirmation(
        &self,
        to: &EmailAddress,
        id: &str,
        page: &FollowedPage,
        title: &str,
        interval: DigestInterval,
        confirm: &SecretToken,
    ) -> Result<(), MailError> {
        let locale = page.locale;
        let link = format!("{}/{locale}/follow/confirm?token={}", self.origin, confirm.as_str());
        let often = interval.name(locale).to_lowercase();
        let page = format!("{}{page}", self.origin);
        let text = locale.pick(
            format!(
                "Somebody, probably you, asked for an e-mail with the changes of this page ({often}):\n\n{title}\n{page}\n\nTo confirm, open this link within two days:\n{link}\n\nIf it was not you, do nothing. No further message will come, and the address will be deleted."
            ),
            format!(
                "有人（可能是您）申请以电子邮件接收以下页面的更新（{often}）：\n\n{title}\n{page}\n\n如需确认，请在两日内打开链接：\n{link}\n\n如非本人操作，无需理会。本站不会再发送邮件，并将删除该地址。"
            ),
        );
        let draft = Draft {
            subject: locale.pick(
                format!("Please confirm: changes of “{title}”"),
                format!("请确认订阅：《{title}》更新"),
            ),
            html: paragraphs(&text),
            text,
            leave: None,
            id: format!("{id}.confirm"),
            answer_to: None,
        };
        self.send(to.as_str(), locale, draft).await
    }

    /// Sends what has changed on a page.
    ///
    /// # Errors
    ///
    /// If the message was not taken.
    pub async fn digest(
        &self,
        to: &EmailAddress,
        id: &str,
        news: &News,
        leave: &SecretToken,
    ) -> Result<(), MailError> {
        let locale = news.locale;
        let leave = format!("{}/{locale}/follow/leave?token={}", self.origin, leave.as_str());
        let (text, html) = digest(news, &leave);
        let draft = Draft {
            subject: subject(news),
            text,
            html,
            leave: Some(leave),
            id: format!("{id}.{}", news.revision),
            answer_to: None,
        };
        self.send(to.as_str(), locale, draft).await
    }

    /// Sends a reader's report of an error to the operator.
    ///
    /// # Errors
    ///
    /// If the message was not taken.
    pub async fn report(&self, to: &str, id: &str, report: &ErrorReport) -> Result<(), MailError> {
        let text = written_report(report, &self.origin);
        let draft = Draft {
            subject: format!("Error reported: {}", report.page),
            html: paragraphs(&text),
            text,
            leave: None,
            id: format!("{id}.report"),
            answer_to: report.answer_to.clone(),
        };
        self.send(to, report.locale, draft).await
    }

    async fn send(&self, to: &str, locale: Locale, draft: Draft) -> Result<(), MailError> {
        let unwritten = |error: &dyn std::fmt::Display| MailError::Unwritten(error.to_string());
        let to: Mailbox = to.parse().map_err(|_| MailError::NoSuchMailbox)?;
        let mut message = Message::builder()
            .from(self.sender.clone())
            .to(to)
            .subject(draft.subject)
            .message_id(Some(format!("<{}@{}>", draft.id, self.host)))
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .raw_header(header("Content-Language", locale.tag()));
        if let Some(leave) = &draft.leave {
            // One-click (RFC 8058).
            message = message
                .raw_header(header("List-Id", &format!("<changes.{}>", self.host)))
                .raw_header(header("List-Unsubscribe", &format!("<{leave}>")))
                .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
        if let Some(address) = &draft.answer_to {
            let address: Mailbox = address.as_str().parse().map_err(|error| unwritten(&error))?;
            message = message.reply_to(address);
        }
        let body = MultiPart::alternative_plain_html(draft.text, document(&draft.html, locale));
        let message = message.multipart(body).map_err(|error| unwritten(&error))?;
        self.transport.send(message).await?;
        Ok(())
    }
}

/// Builds a header whose name and value are written in the program, or contain tokens and hosts only.
fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

fn subject(news: &News) -> String {
    let News { title, entries, left, .. } = news;
    let number = entries.len() + left;
    match (news.locale, number) {
        (Locale::En, 1) => format!("{title}: 1 change"),
        (Locale::En, number) => format!("{title}: {number} changes"),
        (Locale::Zh, number) => format!("{title}：{number}项更新"),
    }
}

/// Returns a digest as plain text and as HTML.
fn digest(news: &News, leave: &str) -> (String, String) {
    let locale = news.locale;
    let published = date::day(news.published_on, locale);
    let lead = locale.pick(
        format!("Published up to {published} (data revision {}):", news.revision),
        format!("截至{published}（数据版本{}）：", news.revision),
    );
    let page = locale.pick("Page", "页面");
    let end = locale.pick("End this subscription", "退订");
    let colon = locale.pick(": ", "：");
    let more = (news.left > 0).then(|| {
        locale.pick(format!("{} more are on the page.", news.left), format!("另有{}项，见页面。", news.left))
    });
    let mut text = format!("{}\n{lead}\n", news.title);
    let mut html = format!(
        "<h1 style=\"font-size:1.2em\">{}</h1><p>{}</p>",
        html::escape(&news.title),
        html::escape(&lead)
    );
    html.push_str("<ul>");
    for entry in &news.entries {
        text.push_str(&format!("\n• {}\n  {}\n  {}\n", entry.title, entry.text, entry.link));
        html.push_str(&format!(
            "<li style=\"margin:0 0 .8em\"><a href=\"{}\">{}</a><br>{}</li>",
            html::escape(&entry.link),
            html::escape(&entry.title),
            html::escape(&entry.text)
        ));
    }
    html.push_str("</ul>");
    if let Some(more) = more {
        text.push_str(&format!("\n{more}\n"));
        html.push_str(&format!("<p>{}</p>", html::escape(&more)));
    }
    text.push_str(&format!("\n{page}{colon}{}\n{end}{colon}{leave}\n", news.page));
    html.push_str(&format!(
        "<p><a href=\"{}\">{page}</a> · <a href=\"{}\">{end}</a></p>",
        html::escape(&news.page),
        html::escape(leave)
    ));
    (text, html)
}

/// Returns a report as the text of a message, with what the reader saw first.
pub fn written_report(report: &ErrorReport, origin: &str) -> String {
    let ErrorReport { locale, page, row, message, source, answer_to, revision } = report;
    let line = |label: &str, value: &str| format!("{label}: {value}\n");
    let labels = locale.pick(
        ["Page", "Data revision", "Row", "Source", "Answer to"],
        ["页面", "数据版本", "所涉数据", "来源", "回复地址"],
    );
    let mut text = line(labels[0], &format!("{origin}{page}"));
    text.push_str(&line(labels[1], &revision.to_string()));
    for (label, value) in [(labels[2], row.as_deref()), (labels[3], source.as_deref())] {
        text.push_str(&value.map(|value| line(label, value)).unwrap_or_default());
    }
    text.push_str(&answer_to.as_ref().map(|address| line(labels[4], address.as_str())).unwrap_or_default());
    format!("{text}\n{message}\n")
}

fn paragraphs(text: &str) -> String {
    let paragraphs = text.split("\n\n").map(|part| {
        let lines: Vec<String> = part.lines().map(linked).collect();
        format!("<p>{}</p>", lines.join("<br>"))
    });
    paragraphs.collect()
}

/// Escapes a line; one that is an address becomes a link.
fn linked(line: &str) -> String {
    let escaped = html::escape(line);
    let is_address = (line.starts_with("https://") || line.starts_with("http://")) && !line.contains(' ');
    if is_address { format!("<a href=\"{escaped}\">{escaped}</a>") } else { escaped.into_owned() }
}

/// Wraps HTML into a document without any address of a picture or a script: nothing tells the site that it was read.
fn document(body: &str, locale: Locale) -> String {
    format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"></head><body style=\"font-family:sans-serif;max-width:40em\">{body}</body></html>",
        locale.tag()
    )
}
