using GraphQL;
using GraphRisk.Server.Budget;
using GraphRisk.Server.Descriptions;
using GraphRisk.Server.Guard;
using GraphRisk.Server.Observability;
using GraphRisk.Server.Plans;
using GraphRisk.Server.Security;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Server.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GraphRisk.Server.Http;

/// <summary>
/// One GraphQL request over HTTP, from the headers to the last byte of the answer, as the GraphQL-over-HTTP
/// specification says. The order is fixed: media type, method, viewer, parameters, the text of a persisted query, guard, the viewer's turn, execution, filing, answer;
/// each step may end the request and none is reached before those ahead of it have passed.
/// Stateless and thread-safe.
/// </summary>
internal sealed partial class GraphQLEndpoint(
    QueryExecution execution, PlannedExecuter plans, DocumentStore documents, ResponseWriter responses, TableEndpoint tables, AuditDesk desk, BearerAuthentication authentication, Admission admission, Presence presence,
    RequestObserver observer, ServerOptions options, ILogger<GraphQLEndpoint> log)
{
    public const string Ui = "/ui";

    private readonly QueryLimits limits = options.Limits;

    public async Task Handle(HttpContext context)
    {
        var format = MediaTypes.IsOneOfGraphQL(context.Request.Headers.Accept) ? null : TableFormat.Negotiate(context.Request.Headers.Accept);
        var mediaType = format is null ? MediaTypes.Negotiate(context.Request.Headers.Accept) : MediaTypes.GraphQLResponse;
        var observed = observer.Begin(context);
        if (!presence.TryEnter(context.Response))
        {
            await responses.Refuse(context, mediaType, Ending).ConfigureAwait(false);
            observer.End(observed);
            return;
        }

        try
        {
            await Handle(context, observed, mediaType, format).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // There is nobody to answer.
            observed.NoteGone();
        }
        catch (BadHttpRequestException fault)
        {
            await responses.Refuse(context, mediaType, new HttpRefusal(fault.StatusCode, ErrorCodes.BadRequest, "The request can't be read.")).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            LogFault(fault, context.TraceIdentifier);
            await responses.Fail(context, mediaType).ConfigureAwait(false);
        }
        finally
        {
            observer.End(observed);
            presence.Leave();
        }
    }

    private async Task Handle(HttpContext context, ObservedRequest observed, string? mediaType, TableFormat? format)
    {
        if (IsBrowserLookingAround(context.Request))
        {
            context.Response.Redirect(context.Request.PathBase + context.Request.Path.Value!.TrimEnd('/') + Ui + "/");
            return;
        }
        if (mediaType is null)
        {
            await responses.Refuse(context, null, NotAcceptable).ConfigureAwait(false);
            return;
        }
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsPost(context.Request.Method))
        {
            await responses.Refuse(context, mediaType, MethodNotAllowed).ConfigureAwait(false);
            return;
        }
        var signIn = await authentication.Authenticate(context).ConfigureAwait(false);
        if (signIn.Viewer is not { } viewer)
        {
            if (signIn.Header is { } header) context.Response.Headers[header.Name] = header.Value;
            RequestObserver.NoteRejected(signIn.Refusal!);
            await desk.Strangers.Count(signIn.Refusal!.Message, context.RequestAborted).ConfigureAwait(false);
            await responses.Refuse(context, mediaType, signIn.Refusal!).ConfigureAwait(false);
            return;
        }
        observed.NoteViewer(viewer);
        using var body = new PooledBytes();
        var (request, refusal) = await RequestReader.Read(context.Request, limits, body, context.RequestAborted).ConfigureAwait(false);
        if (request is null)
        {
            await responses.Refuse(context, mediaType, refusal!).ConfigureAwait(false);
            return;
        }
        if (documents.Resolve(ref request, viewer) is { } unknown)
        {
            await responses.Refuse(context, mediaType, unknown).ConfigureAwait(false);
            return;
        }
        try
        {
            await Answer(context, observed, mediaType, format, viewer, request).ConfigureAwait(false);
        }
        finally
        {
            observer.NoteIfSlow(observed, request.Query.Span);
        }
    }

    private async Task Answer(HttpContext context, ObservedRequest observed, string mediaType, TableFormat? format, Viewer viewer, QueryRequest request)
    {
        var verdict = Inspect(request);
        if (verdict.Refusal is { } unsafeQuery)
        {
            await responses.Refuse(context, mediaType, unsafeQuery).ConfigureAwait(false);
            return;
        }
        documents.Keep(request, viewer);
        var operation = verdict.Select(request.OperationName);
        observed.NoteOperation(operation);
        if (HttpMethods.IsGet(context.Request.Method) && operation is { Kind: not OperationKind.Query })
        {
            await responses.Refuse(context, mediaType, OnlyQueriesByGet).ConfigureAwait(false);
            return;
        }
        if (format is not null)
        {
            await tables.Answer(context, format, viewer, request).ConfigureAwait(false);
            return;
        }

        var (admitted, retryAfter) = await admission.AdmitAsync(viewer, options.Timeout, context.RequestAborted).ConfigureAwait(false);
        if (admitted is null)
        {
            await responses.Refuse(context, mediaType, OverShare(retryAfter)).ConfigureAwait(false);
            return;
        }

        using var seat = admitted;
        observed.NoteBudget(seat.Budget);
        var shared = new RequestContext(viewer, context.TraceIdentifier, seat) { Desk = desk, Language = SpokenLanguage.Of(context.Request) };
        var result = await execution.Answer(verdict, request, shared, context.RequestServices, context.RequestAborted).ConfigureAwait(false);
        await responses.Write(context, mediaType, result, shared, seat).ConfigureAwait(false);
    }

    private QueryVerdict Inspect(QueryRequest request)
    {
        if (request.Variables.Length > limits.MaxVariablesBytes)
            return new(new(GuardCodes.VariablesTooLarge, $"The variables are too large: at most {limits.MaxVariablesBytes} bytes are read."), []);
        if (request.Extensions.Length > limits.MaxExtensionsBytes)
            return new(new(GuardCodes.ExtensionsTooLarge, $"The extensions are too large: at most {limits.MaxExtensionsBytes} bytes are read."), []);
        return plans.Find(request.Query.Span, request.OperationName)?.Verdict ?? QueryGuard.Inspect(request.Query.Span, limits);
    }

    // A person who opens the endpoint's address is shown the explorer, not an error.
    private static bool IsBrowserLookingAround(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && !request.QueryString.HasValue && MediaTypes.WantsHtml(request.Headers.Accept);

    private static HttpRefusal OverShare(TimeSpan retryAfter) => new(
        429, ErrorCodes.RateLimited, "You have asked for more than your share of this minute. Ask again when the header Retry-After says.", RetryAfter: retryAfter);

    private static HttpRefusal Ending { get; } =
        new(503, ErrorCodes.Ending, "This server is ending and takes no more questions; ask again in a moment, or ask another.", RetryAfter: TimeSpan.FromSeconds(5));

    private static HttpRefusal NotAcceptable { get; } =
        new(406, ErrorCodes.NotAcceptable, $"Answers are {MediaTypes.GraphQLResponse} or {MediaTypes.Json}; files {string.Join(", ", TableFormat.All.Select(format => format.MediaType))}.");

    private static HttpRefusal MethodNotAllowed { get; } =
        new(405, ErrorCodes.MethodNotAllowed, "Queries come by GET or POST.", "GET, POST");

    private static HttpRefusal OnlyQueriesByGet { get; } =
        new(405, ErrorCodes.MethodNotAllowed, "Only queries may come by GET; send mutations by POST.", "POST");

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {CorrelationId} failed")]
    private partial void LogFault(Exception fault, string correlationId);
}
