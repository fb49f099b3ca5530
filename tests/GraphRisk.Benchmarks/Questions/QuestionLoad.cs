using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GraphRisk.Benchmarks.Budget;
using GraphRisk.TestKit;

namespace GraphRisk.Benchmarks.Questions;

/// <summary>
/// Questions a second beside Mercurius with JIT, on the sample market: one party or contract by its id, and 200 of them, with ten fields each. Mercurius
/// serves the rows of this server's own answers from memory, and neither asks for a token, nor reads access, nor files, nor counts costs. Both are asked by the
/// same lines in rounds that take turns, so what else the machine does hits both alike; the figures are of the middle round. Processor time is that of server
/// and asker together, microseconds a question: it says what a question takes where others load the machine too.
/// <code>dotnet run -c Release --project tests/GraphRisk.Benchmarks -- questions FOLDER</code>
/// It needs Node and once <c>npm ci</c> in the folder of this file.
/// </summary>
internal static class QuestionLoad
{
    private const int Lines = 32;
    private const int Rounds = 3;
    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(2);

    /// <summary>What is asked: type, its fields with the types Mercurius gives them.</summary>
    private static readonly (string Type, (string Name, string Type)[] Fields)[] Asked =
    [
        ("Company", [("name", "String"), ("uscc", "String"), ("legalForm", "String"), ("industry", "String"), ("region", "String"),
            ("address", "String"), ("registeredCapital", "Float"), ("establishedOn", "String"), ("status", "String"), ("accountsUntil", "String")]),
        ("MarginContract", [("contractNumber", "String"), ("openedOn", "String"), ("maturesOn", "String"), ("status", "String"), ("debt", "Float"),
            ("financed", "Float"), ("interest", "Float"), ("marketValue", "Float"), ("maintenanceRatio", "Float"), ("creditLine", "Float")]),
    ];

    public static async Task RunAsync(string folder)
    {
        await using var market = await ServedSample.OpenAsync(folder, HostileLoad.WithoutShares());
        var token = market.RegulatorWithReason;
        var rows = new JsonObject();
        foreach (var (type, fields) in Asked)
            rows[type] = new JsonObject
            {
                ["fields"] = new JsonObject(fields.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)field.Type))),
                ["rows"] = await RowsAsync(market, token, type, fields),
            };
        var path = Path.Combine(folder, "rows.json");
        await File.WriteAllTextAsync(path, rows.ToJsonString());
        using var node = Process.Start(new ProcessStartInfo("node", ["mercurius.mjs", Path.GetFullPath(path)])
        {
            WorkingDirectory = Repository.PathOf("tests", "GraphRisk.Benchmarks", "Questions"), RedirectStandardOutput = true, RedirectStandardInput = true,
        })!;
        var other = int.Parse((await node.StandardOutput.ReadLineAsync())!["ready ".Length..], CultureInfo.InvariantCulture);
        Console.WriteLine($"| question | lines | a second | Mercurius | ratio | p50 ms | p99 ms | Mercurius p50 | p99 | bytes | Mercurius | processor us | Mercurius | ratio |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var (type, fields) in Asked)
        {
            string[] ids = [.. rows[type]!["rows"]!.AsArray().Select(row => (string)row!["id"]!)];
            var names = string.Join(' ', fields.Select(field => field.Name));
            await CompareAsync($"one {type}", market.Port, other, node, token, [.. ids.Select(id => (
                Body($"query One($id: ID!) {{ node(id: $id) {{ ... on {type} {{ {names} }} }} }}", id),
                Body($"query One($id: ID!) {{ {Lower(type)}(id: $id) {{ {names} }} }}", id)))]);
            var list = Body($"{{ {Plural(type)}(first: 200) {{ nodes {{ {names} }} }} }}", null);
            await CompareAsync($"200 of {type}", market.Port, other, node, token, [(list, list)]);
        }

        node.StandardInput.Close();
        await node.WaitForExitAsync();
    }

    private static async Task CompareAsync(string name, int port, int other, Process node, string token, (string Ours, string Theirs)[] questions)
    {
        byte[][] ours = [.. questions.Select(question => LoadLine.RequestOf("/graphql", question.Ours, token))];
        byte[][] theirs = [.. questions.Select(question => LoadLine.RequestOf("/graphql", question.Theirs, null))];
        foreach (var lines in (int[])[1, Lines])
        {
            await RoundAsync(port, null, ours, lines);
            await RoundAsync(other, node, theirs, lines);
            var (mine, its) = (new List<Round>(), new List<Round>());
            for (var round = 0; round < Rounds; round++)
            {
                mine.Add(await RoundAsync(port, null, ours, lines));
                its.Add(await RoundAsync(other, node, theirs, lines));
            }

            var (here, there) = (Middle(mine), Middle(its));
            var ratio = mine.Zip(its, (one, two) => one.PerSecond / two.PerSecond).Order().ElementAt(Rounds / 2);
            var (spent, itsSpent) = (MiddleSpent(mine), MiddleSpent(its));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {lines} | {here.PerSecond:0} | {there.PerSecond:0} | {ratio:0.00} | {here.P50:0.00} | {here.P99:0.00} | {there.P50:0.00} | {there.P99:0.00} | {here.Bytes} | {there.Bytes} | {spent:0} | {itsSpent:0} | {itsSpent / spent:0.00} |"));
        }
    }

    private static async Task<Round> RoundAsync(int port, Process? beside, byte[][] requests, int lines)
    {
        var open = await Task.WhenAll(Enumerable.Range(0, lines).Select(_ => LoadLine.ConnectAsync(port)));
        var times = open.Select(_ => new List<float>(100_000)).ToArray();
        var spent = SpentWith(beside);
        var start = Stopwatch.GetTimestamp();
        var end = start + (long)(RoundTime.TotalSeconds * Stopwatch.Frequency);
        var bytes = (await Task.WhenAll(open.Select((line, at) => Task.Run(() => line.AskAsync(requests, at * 7, end, times[at]))))).Sum();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        spent = SpentWith(beside) - spent;
        foreach (var line in open) line.Dispose();
        float[] all = [.. times.SelectMany(one => one).Order()];
        return new Round(all.Length / seconds, all[all.Length / 2], all[(int)(all.Length * 0.99)], bytes / all.Length, spent.TotalMicroseconds / all.Length);
    }

    /// <summary>Processor time of this process, and of another that answers.</summary>
    private static TimeSpan SpentWith(Process? beside)
    {
        beside?.Refresh();
        return Environment.CpuUsage.TotalTime + (beside?.TotalProcessorTime ?? TimeSpan.Zero);
    }

    private static async Task<JsonArray> RowsAsync(ServedSample market, string token, string type, (string Name, string Type)[] fields)
    {
        using var line = await LoadLine.ConnectAsync(market.Port);
        var question = Body($"{{ {Plural(type)}(first: 200) {{ nodes {{ id {string.Join(' ', fields.Select(field => field.Name))} }} }} }}", null);
        var answer = await line.SendAsync(LoadLine.RequestOf("/graphql", question, token));
        var json = JsonNode.Parse(answer.Span)!;
        if (json["errors"] is { } errors) throw new InvalidOperationException(errors.ToJsonString());
        return (JsonArray)json["data"]![Plural(type)]!["nodes"]!.DeepClone();
    }

    private static string Body(string query, string? id) => JsonSerializer.Serialize(new { query, variables = id is null ? null : new { id } });

    private static string Lower(string type) => char.ToLowerInvariant(type[0]) + type[1..];

    private static string Plural(string type) => Lower(type) is [.. var stem, 'y'] ? stem + "ies" : Lower(type) + "s";

    private static Round Middle(List<Round> rounds) => rounds.OrderBy(round => round.PerSecond).ElementAt(Rounds / 2);

    private static double MiddleSpent(List<Round> rounds) => rounds.Select(round => round.Spent).Order().ElementAt(Rounds / 2);

    private sealed record Round(double PerSecond, double P50, double P99, long Bytes, double Spent);
}
