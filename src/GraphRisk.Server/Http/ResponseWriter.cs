using System.Globalization;
using GraphQL;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Server.Budget;
using GraphRisk.Server.Guard;
using GraphRisk.Server.Observability;
using GraphRisk.Server.Security;
using GraphRisk.Server.Security.Audit;
using Microsoft.AspNetCore.Http;

namespace GraphRisk.Server.Http;

/// <summary>
/// Writes answers with the status codes of GraphQL over HTTP. With <c>application/json</c> every answer to a
/// well-formed request is 200, even where the query was refused; with <c>application/graphql-response+json</c> an answer without
/// <c>data</c> is 400. What was read from level 3 on, and what was refused, is filed, with the answer's hash, before its first byte leaves;
/// an answer that can't be filed is not given.
/// While the store is away an answer says so: <c>extensions.stale</c> and a header.
/// </summary>
internal sealed class ResponseWriter(AnswerSerializer serializer, AuditDesk desk, Health health)
{
    /// <summary>Writes an answer; the seat is given back before it is filed and sent, which computes nothing.</summary>
    public async Task Write(HttpContext context, string mediaType, ExecutionResult result, RequestContext shared, Seat? seat = null)
    {
        if (health.Staleness() is { } stale) Mark(context.Response, result, stale);
        using var answer = Serialize(result, shared.Budget);
        ObservedRequest.Of(context)?.NoteOutcome(result.Errors is { Count: > 0 } errors ? ErrorShape.CodeOf(errors[0]) : null);
        seat?.Dispose();
        if (shared.Ledger.Close() is { } page && await desk.TryFileAnswer(page, shared, answer.Written, context.RequestAborted).ConfigureAwait(false) is { } unfiled)
        {
            await SendError(context, mediaType, 503, unfiled).ConfigureAwait(false);
            return;
        }

        await Send(context, mediaType, result.Executed || mediaType == MediaTypes.Json ? 200 : 400, answer.Written).ConfigureAwait(false);
    }

    /// <summary>A well-formed request whose query the guard refuses.</summary>
    public async Task Refuse(HttpContext context, string mediaType, QueryRefusal refusal)
    {
        var error = new TypedError(refusal.Code, refusal.Message);
        if (refusal is { Line: { } line, Column: { } column }) error.AddLocation(new GraphQLParser.Location(line, column));
        await SendError(context, mediaType, mediaType == MediaTypes.Json ? 200 : 400, error).ConfigureAwait(false);
    }

    /// <summary>A request that is not well-formed.</summary>
    public async Task Refuse(HttpContext context, string? mediaType, HttpRefusal refusal)
    {
        if (refusal.Allow is { } allow) context.Response.Headers.Allow = allow;
        if (refusal.RetryAfter is { } wait) context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        await SendError(context, mediaType, refusal.Status, new TypedError(refusal.Code, refusal.Message)).ConfigureAwait(false);
    }

    /// <summary>A fault of the server outside any field.</summary>
    public async Task Fail(HttpContext context, string? mediaType)
    {
        if (context.Response.HasStarted)
        {
            ObservedRequest.Of(context)?.NoteOutcome(ErrorCodes.Internal);
            context.Abort();
            return;
        }
        var error = new TypedError(ErrorCodes.Internal, ErrorShape.Internal, ("correlationId", context.TraceIdentifier));
        await SendError(context, mediaType, 500, error).ConfigureAwait(false);
    }

    private static void Mark(HttpResponse response, ExecutionResult result, StaleAnswer stale)
    {
        (result.Extensions ??= [])["stale"] = new Dictionary<string, object?> { ["storeSeenAt"] = stale.SeenAt, ["seconds"] = stale.Seconds };
        response.Headers[Health.AgeHeader] = stale.Seconds?.ToString("0.###", CultureInfo.InvariantCulture) ?? "unknown";
    }

    /// <summary>The answer, or the error that stands for one that is longer than an answer may be.</summary>
    private AnswerBytes Serialize(ExecutionResult result, QuestionBudget budget)
    {
        var answer = new AnswerBytes();
        try
        {
            serializer.Write(answer, result);
            var length = answer.Written.Length;
            if (length <= budget.Limits.Bytes) return answer;
            answer.Clear();
            (result.Data, result.Executed, result.Errors) = (null, false, [budget.Error(new BudgetSpentException(CostUnit.Bytes.Name(), length, budget.Limits.Bytes))]);
            serializer.Write(answer, result);
            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    private async Task SendError(HttpContext context, string? mediaType, int status, ExecutionError error)
    {
        ObservedRequest.Of(context)?.NoteOutcome(ErrorShape.CodeOf(error));
        using var answer = new AnswerBytes();
        serializer.Write(answer, new ExecutionResult { Errors = [error] });
        await Send(context, mediaType ?? MediaTypes.Json, status, answer.Written).ConfigureAwait(false);
    }

    private static async Task Send(HttpContext context, string mediaType, int status, ReadOnlyMemory<byte> answer)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = mediaType + "; charset=utf-8";
        response.ContentLength = answer.Length;
        response.Headers.Vary = "Accept, Accept-Language, Authorization";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        await response.Body.WriteAsync(answer, context.RequestAborted).ConfigureAwait(false);
    }
}
