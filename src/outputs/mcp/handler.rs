//! Requests of the protocol: which tools, resources and prompts there are, and their answers.

use axum::{Router, http::request::Parts};
use rmcp::{
    ErrorData, RoleServer, ServerHandler,
    model::{
        CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, GetPromptRequestParams,
        GetPromptResponse, Implementation, JsonObject, ListPromptsResult, ListResourcesResult,
        ListToolsResult, PaginatedRequestParams, ReadResourceRequestParams, ReadResourceResponse,
        ServerCapabilities, ServerConfig, Tool as Announced,
    },
    service::RequestContext,
};
use serde_json::{Value, json};

use super::{
    ask::{Asker, Outside, Refusal},
    prompts, resources, shape,
    tools::{self, FIRST_ROWS, TOOLS, Tool},
};
use crate::{error::AppError, text::Locale};

/// What an assistant is told before it asks anything.
const INSTRUCTIONS: &str = "Data about China's micro-drama industry and about public support for it in Pudong, Shanghai and other places: figures, programmes, subsidies, companies, events, each with its source. \
    Begin with `search`, then use the ids it returns. State every figure with its period, qualifier, producer and source, as its `quote` does, and link to `page`. \
    Never add up or average figures of different producers, periods, bases or scopes, nor amounts of different stages (budgeted, approved, paid). \
    What is not returned is not held here: say so instead of estimating. Every answer names its revision (`as_of`) and the day it was published.";

/// The server of the protocol. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Handler {
    addresses: Router,
    outside: Option<Outside>,
}

impl Handler {
    /// `outside` is what requests bring along that come in no HTTP request.
    pub fn new(addresses: Router, outside: Option<Outside>) -> Handler {
        Handler { addresses, outside }
    }

    async fn asker(&self, context: &RequestContext<RoleServer>) -> Result<Asker, AppError> {
        match (context.extensions.get::<Parts>(), &self.outside) {
            (Some(parts), _) => Asker::of_request(parts),
            (None, Some(outside)) => Asker::of_outside(outside).await,
            (None, None) => Err(AppError::Internal),
        }
    }

    async fn answer(
        &self,
        tool: &'static Tool,
        arguments: JsonObject,
        asker: &Asker,
    ) -> Result<Value, Refusal> {
        let locale = match arguments.get("lang").and_then(Value::as_str) {
            Some("zh") => Locale::Zh,
            _ => Locale::En,
        };
        let origin = &asker.origin.0;
        let is_cut = !arguments.contains_key("limit");
        let page = tool.page(&arguments).map(|page| format!("{origin}/{locale}/{page}"));
        let mut first = arguments.clone();
        if is_cut && tool.has_limit() {
            first.insert("limit".to_owned(), FIRST_ROWS.into());
        }
        let address = tool.address(&first);
        let shaped = |answer: &Value, address: &str| {
            shape::shaped(answer, tool, page.clone(), &format!("{origin}{address}"), is_cut, locale)
        };
        let short = shaped(&asker.ask(&self.addresses, &address).await?, &address);
        // The cursor is that of the last row shown, so a list that was cut is read again with its length.
        let shown = short.get("shown").and_then(Value::as_u64).unwrap_or_default();
        if !is_cut || !tool.is_paged() || shown == FIRST_ROWS || short.get("more").is_none() {
            return Ok(short);
        }
        first.insert("limit".to_owned(), shown.into());
        let address = tool.address(&first);
        Ok(shaped(&asker.ask(&self.addresses, &address).await?, &address))
    }
}

impl ServerHandler for Handler {
    fn get_info(&self) -> ServerConfig {
        let capabilities =
            ServerCapabilities::builder().enable_tools().enable_resources().enable_prompts().build();
        let mut server = Implementation::new("micro-drama-observatory", env!("CARGO_PKG_VERSION"));
        server.title = Some("Micro-Drama Observatory".to_owned());
        ServerConfig::new(capabilities).with_server_info(server).with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(TOOLS.iter().map(Tool::announced).collect()))
    }

    fn get_tool(&self, name: &str) -> Option<Announced> {
        tools::named(name).map(Tool::announced)
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let Some(tool) = tools::named(&request.name) else {
            let names: Vec<&str> = TOOLS.iter().map(|tool| tool.name).collect();
            let text = format!("There is no tool “{}”. Tools: {}.", request.name, names.join(", "));
            return Err(ErrorData::invalid_params(text, None));
        };
        let arguments = request.arguments.unwrap_or_default();
        if let Err(wrong) = tool.check(&arguments) {
            return Ok(refused(&wrong).into());
        }
        let asker = self.asker(&context).await.map_err(unavailable)?;
        let result = match self.answer(tool, arguments, &asker).await {
            Ok(answer) => CallToolResult::structured(answer),
            Err(refusal) => refused(&advised(&refusal)),
        };
        Ok(result.into())
    }

    async fn list_resources(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        Ok(ListResourcesResult::with_all_items(resources::all()))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let Some(address) = resources::address(&request.uri) else {
            let text = format!("There is no resource “{}”.", request.uri);
            return Err(ErrorData::resource_not_found(text, Some(json!({ "uri": request.uri }))));
        };
        let asker = self.asker(&context).await.map_err(unavailable)?;
        let answer = asker.ask(&self.addresses, address).await;
        let answer = answer.map_err(|refusal| ErrorData::internal_error(refusal.text, None))?;
        Ok(resources::contents(&request.uri, &answer).into())
    }

    async fn list_prompts(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        Ok(ListPromptsResult::with_all_items(prompts::all()))
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        prompts::written(&request.name, &request.arguments.unwrap_or_default())
            .map(Into::into)
            .map_err(|wrong| ErrorData::invalid_params(wrong, None))
    }
}

fn refused(text: &str) -> CallToolResult {
    CallToolResult::error(vec![ContentBlock::text(text)])
}

/// Adds to a refusal what to ask instead.
fn advised(refusal: &Refusal) -> String {
    match (&refusal.parameter, refusal.is_unknown) {
        (Some(name), true) => format!("{} Use `search` to find the id for “{name}”.", refusal.text),
        (None, true) => "Nothing has this id. Use `search` to find ids.".to_owned(),
        _ => refusal.text.clone(),
    }
}

fn unavailable(error: AppError) -> ErrorData {
    ErrorData::internal_error(error.explanation(Locale::En), None)
}
