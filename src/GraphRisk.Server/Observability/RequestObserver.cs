using System.Collections.Frozen;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using GraphRisk.Graph.Observability;
using GraphRisk.Server.Budget;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Guard;
using GraphRisk.Server.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GraphRisk.Server.Observability;

/// <summary>Tells of every request when it is over, in one event of the log, in measurements and in a span. Thread-safe.</summary>
internal sealed partial class RequestObserver(ServerOptions options, TimeProvider clock, ILogger<RequestObserver> log)
{
    private static readonly Counter<long> Requests = Signals.Meter.CreateCounter<long>("graphrisk.requests", "{request}", "Requests answered, by kind of operation, role and outcome: OK, GONE or the code of the first error.");
    private static readonly Histogram<double> Durations = Signals.Meter.CreateHistogram<double>("graphrisk.request.duration", "s", "How long requests took, by kind of operation and role.");
    private static readonly Counter<long> Budget = Signals.Meter.CreateCounter<long>("graphrisk.budget.spent", "{unit}", "What questions spent, by unit of the budget and role.");
    private static readonly Counter<long> Refused = Signals.Meter.CreateCounter<long>("graphrisk.requests.limited", "{request}", "Requests refused or ended by a limit, by limit.");
    private static readonly Counter<long> Rejected = Signals.Meter.CreateCounter<long>("graphrisk.sign_ins.rejected", "{request}", "Requests whose token was not taken, by reason.");

    /// <summary>Codes that say a limit was met.</summary>
    private static readonly FrozenSet<string> Limits = new[]
    {
        Problem.BudgetExceededCode, ErrorCodes.Timeout, ErrorCodes.RateLimited, ErrorCodes.BodyTooLarge, ErrorCodes.Ending,
        GuardCodes.QueryTooLarge, GuardCodes.VariablesTooLarge, GuardCodes.ExtensionsTooLarge, GuardCodes.TooManyTokens, GuardCodes.TooDeep, GuardCodes.TooManyOperations, GuardCodes.TooManyFragments,
        GuardCodes.TooManyFields, GuardCodes.TooManyAliases, GuardCodes.TooManySpreads, GuardCodes.TooManyDuplicates, GuardCodes.TooManyDirectives,
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>A request has come.</summary>
    public ObservedRequest Begin(HttpContext context)
    {
        if (ObservedRequest.Of(context) is { } known) return known;
        var request = new ObservedRequest(context.TraceIdentifier) { Began = clock.GetTimestamp(), Span = Signals.Traces.StartActivity("graphql", ActivityKind.Server) };
        context.Features.Set(request);
        return request;
    }

    /// <summary>Notes the document of a question that has taken long by now; later its text is not there any more.</summary>
    public void NoteIfSlow(ObservedRequest request, ReadOnlySpan<byte> text)
    {
        if (options.Observability.SlowQuestion is { } limit && clock.GetElapsedTime(request.Began) >= limit) request.NoteDocument(text);
    }

    /// <summary>A token was not taken.</summary>
    public static void NoteRejected(HttpRefusal refusal) => Rejected.Add(1, Tag("reason", refusal.Code));

    /// <summary>The request is over.</summary>
    public void End(ObservedRequest request)
    {
        if (request.IsSilent) return;
        var took = clock.GetElapsedTime(request.Began);
        var (kind, role) = (Tag("kind", request.Kind), Tag("role", request.Role));
        Requests.Add(1, kind, role, Tag("outcome", request.Outcome));
        Durations.Record(took.TotalSeconds, kind, role);
        if (Limits.Contains(request.Outcome)) Refused.Add(1, Tag("limit", request.Outcome));
        if (Budget.Enabled)
            foreach (var unit in Enum.GetValues<CostUnit>())
                if (request.Spent(unit) is > 0 and var spent) Budget.Add(spent, Tag("unit", unit.Name()), role);
        var milliseconds = Math.Round(took.TotalMilliseconds, 3);
        LogQuestion(request.Id, request.Role, request.Purpose, request.Kind, request.Operation, request.Outcome, milliseconds, request.Spent(CostUnit.Work), request.Spent(CostUnit.Rows), request.Spent(CostUnit.Bytes));
        if (request.Document is { } document)
            LogSlow(request.Id, request.Role, request.Kind, request.Operation, document, request.Outcome, milliseconds,
                request.Spent(CostUnit.Work), request.Spent(CostUnit.Nodes), request.Spent(CostUnit.Edges), request.Spent(CostUnit.Steps), request.Spent(CostUnit.Shared),
                request.Spent(CostUnit.Instants), request.Spent(CostUnit.Fields), request.Spent(CostUnit.Rows), request.Spent(CostUnit.Bytes));
        if (request.Span is not { } span) return;
        span.SetTag("graphql.operation.type", request.Kind).SetTag("graphql.operation.name", request.Operation)
            .SetTag("graphrisk.role", request.Role).SetTag("graphrisk.purpose", request.Purpose).SetTag("graphrisk.outcome", request.Outcome);
        if (request.Outcome == ErrorCodes.Internal) span.SetStatus(ActivityStatusCode.Error, request.Outcome);
        span.Dispose();
    }

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    [LoggerMessage(EventName = "question", Level = LogLevel.Information,
        Message = "{Request} {Role} {Purpose} {Kind} {Operation} {Outcome} {Milliseconds} ms, work {Work}, rows {Rows}, bytes {Bytes}")]
    private partial void LogQuestion(
        string request, string role, string? purpose, string kind, string? operation, string outcome, double milliseconds, long work, long rows, long bytes);

    [LoggerMessage(EventName = "slow question", Level = LogLevel.Warning,
        Message = "{Request} {Role} {Kind} {Operation} {Document} {Outcome} {Milliseconds} ms, work {Work}: nodes {Nodes}, edges {Edges}, steps {Steps}, shared {Shared}, instants {Instants}, fields {Fields}, rows {Rows}, bytes {Bytes}")]
    private partial void LogSlow(
        string request, string role, string kind, string? operation, string document, string outcome, double milliseconds, long work, long nodes, long edges, long steps, long shared,
        long instants, long fields, long rows, long bytes);
}
