using System.Text.Json;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Deliveries;

/// <summary>A data folder of its own into which deliveries are imported by the command line, and questions to it.</summary>
internal sealed class DeliveryBench : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public string Data => folder.PathOf("data");

    /// <summary>Where a file or folder of a delivery is.</summary>
    public string PathOf(string path) => folder.PathOf(path);

    /// <summary>Writes a file of a delivery.</summary>
    public string Write(string path, string text)
    {
        var full = folder.PathOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }

    /// <summary>Imports files and folders and returns the report.</summary>
    public async Task<JsonElement> Import(params string[] arguments) => Parse((await CommandRun.OfAsync(["import", .. arguments, "--data", Data, "--json"])).Out);

    public async Task Resolve()
    {
        var run = await CommandRun.OfAsync("resolve", "--data", Data);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
    }

    /// <summary>The entries in quarantine; records that landed without a value only on demand.</summary>
    public async Task<List<JsonElement>> Quarantined(bool landed = false) =>
        [.. Parse((await CommandRun.OfAsync("quarantine", "list", "--data", Data, "--json")).Out).EnumerateArray().Where(entry => Landed(entry) == landed)];

    public Task<CommandRun> Replay() => CommandRun.OfAsync("quarantine", "replay", "--data", Data);

    /// <summary>Asks as supervision and returns the answer's field.</summary>
    public async Task<JsonElement> Ask(string query)
    {
        var run = await CommandRun.OfAsync("query", Write("question.graphql", query), "--data", Data);
        var answer = Parse(run.Out);
        if (answer.TryGetProperty("errors", out var errors)) Assert.Fail($"{query}\n{errors}");
        return answer.GetProperty("data").EnumerateObject().First().Value;
    }

    /// <summary>Keys of the records that stand as one client with a party.</summary>
    public async Task<int> RecordsOf(string id, string? knownAt = null) =>
        (await Ask($$"""{ client(id: "{{id}}"{{(knownAt is null ? "" : $", knownAt: \"{knownAt}\"")}}) { records { source recordKey } } }""")).GetProperty("records").GetArrayLength();

    /// <summary>Whether two records are one client: the same node answers to both ids.</summary>
    public async Task<bool> AreOne(string left, string right) => await NodeOf(left) == await NodeOf(right);

    public async Task<string> NodeOf(string id) => (await Ask($$"""{ client(id: "{{id}}") { id } }""")).GetProperty("id").GetString()!;

    public void Dispose() => folder.Dispose();

    private static bool Landed(JsonElement entry) => entry.TryGetProperty("landed", out var landed) && landed.GetBoolean();

    private static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
