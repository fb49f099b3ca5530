using System.Globalization;
using GraphQL;
using GraphQL.Types;
using GraphRisk.Server.Budget;
using GraphRisk.Server.Http;
using GraphRisk.Server.Observability;
using GraphRisk.Server.Security;
using GraphRisk.Server.Security.Audit;
using GraphRisk.Server.Tables.Graphs;
using Microsoft.AspNetCore.Http;

namespace GraphRisk.Server.Tables;

/// <summary>
/// Answers with a table: asks page after page, files what each read before its rows leave, and holds no more than a batch of rows. A viewer
/// whose share of the minute is spent waits. What of the columns is refused to everyone who asks like this is told in a header, before
/// the first row; what is refused of some rows, or goes on beyond a cell, in the row itself, and counted in trailers where HTTP has them. Any other error
/// is the answer where no row has left; later it breaks the connection off, so that no half of a table looks like a whole one.
/// </summary>
internal sealed class TableEndpoint(
    QueryExecution execution, ResponseWriter responses, Admission admission, AuditDesk desk, ISchema schema, ServerOptions options)
{
    private readonly GraphAnswer graphs = new(execution, responses, desk, schema);

    public async Task Answer(HttpContext context, TableFormat format, Viewer viewer, QueryRequest request)
    {
        var cancellation = context.RequestAborted;
        if (format.Draw is not null)
        {
            using var seat = await SeatAsync(context, viewer, cancellation).ConfigureAwait(false);
            await graphs.AnswerAsync(context, format, new RequestContext(viewer, context.TraceIdentifier, seat) { Desk = desk }, request).ConfigureAwait(false);
            return;
        }

        TableQuestion question;
        try
        {
            question = TableQuestion.Read(request, schema, viewer);
        }
        catch (UnknownField)
        {
            // Asked as it is, the question is refused with the field's name and what may be meant.
            using var seat = await SeatAsync(context, viewer, cancellation).ConfigureAwait(false);
            var shared = new RequestContext(viewer, context.TraceIdentifier, seat) { Desk = desk };
            await Refuse(context, await execution.Execute(request, shared, context.RequestServices, cancellation).ConfigureAwait(false), shared).ConfigureAwait(false);
            return;
        }
        catch (TypedError error)
        {
            await Refuse(context, new ExecutionResult { Errors = [error] }, new RequestContext(viewer, context.TraceIdentifier)).ConfigureAwait(false);
            return;
        }

        var to = new ChunkStream();
        ITableWriter? table = null;
        TablePage? page = null;
        var tellsMissing = question.MayMiss;
        try
        {
            long denied = 0, cut = 0;
            for (var left = question.Limit ?? int.MaxValue; page is null || (page.HasNext && left > 0); left -= page.Rows.Count)
            {
                using var seat = await SeatAsync(context, viewer, cancellation).ConfigureAwait(false);
                var shared = new RequestContext(viewer, context.TraceIdentifier, seat) { Desk = desk };
                var result = await execution.Execute(question.For(left, page), shared, context.RequestServices, cancellation).ConfigureAwait(false);
                page = Read(question, ref result);
                if (page is null && table is null)
                {
                    await Refuse(context, result, shared).ConfigureAwait(false);
                    return;
                }

                if (page is null || (table is not null && !tellsMissing && page.Denied + page.Cut > 0))
                {
                    ObservedRequest.Of(context)?.NoteOutcome(result.Errors is { Count: > 0 } errors ? ErrorShape.CodeOf(errors[0]) : ErrorCodes.Failed);
                    context.Abort();
                    return;
                }

                if (table is null)
                {
                    tellsMissing |= page.Denied + page.Cut > 0;
                    var head = new TableHead(tellsMissing ? [.. question.Columns, MissingColumn] : question.Columns, page.AsOf, page.KnownAt);
                    Begin(context.Response, format, head);
                    table = format.Open!(head, to);
                }

                denied += page.Denied;
                cut += page.Cut;
                table.Write(page.Rows);
                await FileAndSend(context, to, shared, cancellation).ConfigureAwait(false);
            }

            table!.End();
            await context.Response.Body.WriteAsync(to.Take(), cancellation).ConfigureAwait(false);
            if (!context.Response.SupportsTrailers()) return;
            context.Response.AppendTrailer(TableFormat.DeniedCells, denied.ToString(CultureInfo.InvariantCulture));
            context.Response.AppendTrailer(TableFormat.CutLists, cut.ToString(CultureInfo.InvariantCulture));
        }
        finally
        {
            table?.Dispose();
        }
    }

    private static TableColumn MissingColumn { get; } = new(TableFormat.Missing, CellKind.Text, [TableFormat.Missing]);

    /// <summary>The page; null with the errors alone where the answer has some that no table can hold.</summary>
    private static TablePage? Read(TableQuestion question, ref ExecutionResult result)
    {
        try
        {
            var page = question.Read(result);
            if (page is null && result.Errors is { Count: > 0 } errors) result = new ExecutionResult { Errors = errors };
            return page;
        }
        catch (TypedError error)
        {
            result = new ExecutionResult { Errors = [error] };
            return null;
        }
    }

    private Task Refuse(HttpContext context, ExecutionResult result, RequestContext shared) => responses.Write(context, MediaTypes.GraphQLResponse, result, shared);

    /// <summary>Head of an answer that is a file.</summary>
    public static void Begin(HttpResponse response, TableFormat format, string name)
    {
        response.StatusCode = 200;
        response.ContentType = format.ContentType;
        response.Headers.Vary = "Accept, Authorization";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}.{format.Name}\"";
    }

    private static void Begin(HttpResponse response, TableFormat format, TableHead head)
    {
        Begin(response, format, "table");
        if (head.Refused is { } refused) response.Headers[TableFormat.RefusedColumns] = refused;
        if (head.Altered is { } altered) response.Headers[TableFormat.AlteredColumns] = altered;
        if (head.Columns[^1] == MissingColumn) response.Headers[TableFormat.MissingColumn] = TableFormat.Missing;
        if (!response.SupportsTrailers()) return;
        response.DeclareTrailer(TableFormat.DeniedCells);
        response.DeclareTrailer(TableFormat.CutLists);
    }

    private async Task FileAndSend(HttpContext context, ChunkStream to, RequestContext shared, CancellationToken cancellation)
    {
        var chunk = to.Take();
        if (shared.Ledger.Close() is { } read) await desk.FileAnswer(read, shared.Viewer, chunk, cancellation).ConfigureAwait(false);
        if (chunk.Length > 0) await context.Response.Body.WriteAsync(chunk, cancellation).ConfigureAwait(false);
    }

    private async Task<Seat> SeatAsync(HttpContext context, Viewer viewer, CancellationToken cancellation)
    {
        while (true)
        {
            var (seat, retryAfter) = await admission.AdmitAsync(viewer, options.Timeout, cancellation).ConfigureAwait(false);
            if (seat is not null)
            {
                ObservedRequest.Of(context)?.NoteBudget(seat.Budget);
                return seat;
            }

            await Task.Delay(retryAfter, cancellation).ConfigureAwait(false);
        }
    }
}
