using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using GraphRisk.Cli.Composition;
using GraphRisk.Server.Tables;

namespace GraphRisk.Cli.Output;

/// <summary>
/// Asks a server and writes what it answers. An answer as a table is a table and nothing else: errors, and what is missing in it, go to
/// standard error, and the exit code says so too. It is put out, or under its name, only when it has come whole.
/// </summary>
/// <param name="host">Writers.</param>
/// <param name="format">The format; null for JSON.</param>
/// <param name="output">File for the answer; null for standard output.</param>
/// <param name="allowPartial">A table may lack columns, cells and ends of lists.</param>
internal sealed class AnswerWriter(Host host, TableFormat? format, FileInfo? output, bool allowPartial)
{
    private static readonly (string Header, string Told)[] OfGraphs =
    [
        (TableFormat.DeniedCells, "values are not open to you and are left out"),
        (TableFormat.CutLists, "lists or searches go on beyond what the graph has of them: say 'first', or a higher limit"),
    ];

    /// <summary>Asks, and gives the exit code.</summary>
    /// <exception cref="UserErrorException">The server does not answer, or breaks off.</exception>
    public async Task<int> AskAsync(Uri endpoint, string? token, string body, CancellationToken cancellation)
    {
        using var http = new HttpClient { Timeout = format is null ? TimeSpan.FromSeconds(100) : Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(format?.MediaType ?? "application/graphql-response+json"));
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        }
        catch (HttpRequestException error)
        {
            throw new UserErrorException($"{endpoint} does not answer: {error.Message}");
        }

        using (response)
        {
            return format is not null && response.Content.Headers.ContentType?.MediaType == format.MediaType
                ? await WriteTableAsync(response, cancellation) : await WriteJsonAsync(response, endpoint, cancellation);
        }
    }

    private async Task<int> WriteJsonAsync(HttpResponseMessage response, Uri endpoint, CancellationToken cancellation)
    {
        var answer = JsonOf(await response.Content.ReadAsStringAsync(cancellation))
            ?? throw new UserErrorException($"{endpoint} answered {(int)response.StatusCode} without JSON.");
        if (format is not null)
        {
            foreach (var error in answer["errors"] as JsonArray ?? [])
                await host.Error.WriteLineAsync($"graphrisk: {error?["message"]} ({error?["extensions"]?["code"] ?? "no code"})");
            return ExitCode.Failed;
        }

        var text = answer.ToJsonString(Json.Options);
        if (output is null) await host.Out.WriteLineAsync(text);
        else await File.WriteAllTextAsync(output.FullName, text + Environment.NewLine, cancellation);
        return answer["errors"] is null ? ExitCode.Done : ExitCode.Failed;
    }

    private static JsonNode? JsonOf(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private async Task<int> WriteTableAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var refused = response.Headers.TryGetValues(TableFormat.RefusedColumns, out var columns) ? string.Join(", ", columns) : null;
        if (refused is not null)
        {
            await host.Error.WriteLineAsync($"graphrisk: Columns not open to you: {refused}." + (allowPartial ? " They are empty." : " Leave them out of the query, or take the table without them: --allow-partial."));
            if (!allowPartial) return ExitCode.Failed;
        }

        if (response.Headers.TryGetValues(TableFormat.AlteredColumns, out var altered))
            await host.Error.WriteLineAsync($"graphrisk: Columns that are not shown as they are held: {string.Join(", ", altered)}.");

        var part = output is null ? Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()) : output.FullName + ".part";
        try
        {
            await ReceiveAsync(response, part, cancellation);
            var missing = response.Headers.Contains(TableFormat.MissingColumn) ? Count(part) : 0;
            if (missing > 0)
                await host.Error.WriteLineAsync($"graphrisk: {missing} rows lack cells that are not open to you, or ends of lists; their column {TableFormat.Missing} says which.");
            foreach (var (header, told) in OfGraphs)
            {
                if (!response.Headers.TryGetValues(header, out var values) || values.First() is not { } count || count == "0") continue;
                missing++;
                await host.Error.WriteLineAsync($"graphrisk: {count} {told}.");
            }

            if (output is null) await PutOutAsync(part, cancellation);
            else File.Move(part, output.FullName, overwrite: true);
            return missing == 0 || allowPartial ? ExitCode.Done : ExitCode.Failed;
        }
        finally
        {
            File.Delete(part);
        }
    }

    private long Count(string part)
    {
        using var table = File.OpenRead(part);
        return MissingRows.In(format!, table);
    }

    /// <summary>Takes a table in; one that breaks off is put out nowhere.</summary>
    private static async Task ReceiveAsync(HttpResponseMessage response, string part, CancellationToken cancellation)
    {
        try
        {
            await using var file = OwnersFile.Create(part);
            await response.Content.CopyToAsync(file, cancellation);
        }
        catch (HttpRequestException)
        {
            throw new UserErrorException("The server broke the table off, so it is not put out: a later page of it failed, for its budget or for a fault that the server's log names.");
        }
    }

    private static async Task PutOutAsync(string part, CancellationToken cancellation)
    {
        await using var standard = Console.OpenStandardOutput();
        await using var file = File.OpenRead(part);
        await file.CopyToAsync(standard, cancellation);
    }
}
