using GraphQL;
using GraphQL.Types;
using GraphRisk.Server.Budget;
using GraphRisk.Server.Http;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Security.Audit;
using Microsoft.AspNetCore.Http;

namespace GraphRisk.Server.Tables;

/// <summary>
/// Answers with a table: asks page after page, files what each read before its rows leave, and holds no more than a batch of rows. A viewer
/// whose share of the minute is spent waits. Where a later page fails the connection is broken off, so that no half of a table
/// looks like a whole one. Cells that may not be read are empty; how many there were stands in a trailer.
/// </summary>
internal sealed class TableEndpoint(
    QueryExecution execution, ResponseWriter responses, Admission admission, AuditDesk desk, ISchema schema, ServerOptions options)
{
    public async Task Answer(HttpContext context, TableFormat format, Viewer viewer, QueryRequest request)
    {
        var cancellation = context.RequestAborted;
        TableQuestion question;
        try
        {
            question = TableQuestion.Read(request, schema);
        }
        catch (TypedError error)
        {
            await responses.Write(context, MediaTypes.GraphQLResponse, new ExecutionResult { Errors = [error] }, new RequestContext(viewer, context.TraceIdentifier)).ConfigureAwait(false);
            return;
        }

        var to = new ChunkStream();
        ITableWriter? table = null;
        TablePage? page = null;
        try
        {
            long denied = 0;
            for (var left = question.Limit ?? int.MaxValue; page is null || (page.HasNext && left > 0); left -= page.Rows.Count)
            {
                using var seat = await SeatAsync(viewer, cancellation).ConfigureAwait(false);
                var shared = new RequestContext(viewer, context.TraceIdentifier, seat) { Desk = desk };
                var result = await execution.Execute(question.For(Math.Clamp(left, 0, PageRequest.Most), page), shared, context.RequestServices, cancellation).ConfigureAwait(false);
                page = question.Read(result);
                if (page is null && table is null)
                {
                    await responses.Write(context, MediaTypes.GraphQLResponse, result, shared).ConfigureAwait(false);
                    return;
                }

                if (page is null)
                {
                    context.Abort();
                    return;
                }

                if (table is null)
                {
                    Begin(context.Response, format);
                    table = format.Open(question.Columns, to);
                }

                denied += result.Errors?.Count ?? 0;
                table.Write(page.Rows);
                await FileAndSend(context, to, shared, cancellation).ConfigureAwait(false);
            }

            table!.End();
            await context.Response.Body.WriteAsync(to.Take(), cancellation).ConfigureAwait(false);
            if (context.Response.SupportsTrailers()) context.Response.AppendTrailer(TableFormat.DeniedCells, denied.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
        finally
        {
            table?.Dispose();
        }
    }

    private static void Begin(HttpResponse response, TableFormat format)
    {
        response.StatusCode = 200;
        response.ContentType = format.MediaType;
        response.Headers.Vary = "Accept, Authorization";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentDisposition = $"attachment; filename=\"table.{format.Name}\"";
        if (response.SupportsTrailers()) response.DeclareTrailer(TableFormat.DeniedCells);
    }

    private async Task FileAndSend(HttpContext context, ChunkStream to, RequestContext shared, CancellationToken cancellation)
    {
        var chunk = to.Take();
        if (shared.Ledger.Close() is { } read) await desk.FileAnswer(read, shared.Viewer, chunk, cancellation).ConfigureAwait(false);
        if (chunk.Length > 0) await context.Response.Body.WriteAsync(chunk, cancellation).ConfigureAwait(false);
    }

    private async Task<Seat> SeatAsync(Viewer viewer, CancellationToken cancellation)
    {
        while (true)
        {
            var (seat, retryAfter) = await admission.AdmitAsync(viewer, options.Timeout, cancellation).ConfigureAwait(false);
            if (seat is not null) return seat;
            await Task.Delay(retryAfter, cancellation).ConfigureAwait(false);
        }
    }
}
