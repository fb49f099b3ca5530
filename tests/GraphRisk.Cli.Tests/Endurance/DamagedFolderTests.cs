using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Endurance;

/// <summary>
/// A data folder in which one file was damaged while nobody looked: a bit flipped, cut short, deleted, or put back as it was before the last change. What is asked then is
/// answered as before, since it was made again, or refused in a line that says why; never otherwise, and never by a crash. <c>GRAPHRISK_FAULTS</c> for
/// more faults than in every run, <c>GRAPHRISK_FAULTS_FROM</c> for others.
/// </summary>
public sealed class DamagedFolderTests
{
    private const string Question = """
        {
          search(text: "公司", first: 5) { edges { node { __typename id } } }
          companies(first: 5, orderBy: [{ name: ASC }]) { nodes { id name uscc } }
          marginContracts(first: 5, orderBy: [{ contractNumber: ASC }]) { nodes { contractNumber debt interest } }
          debts: marginContractsAggregate { count debt { sum } }
          clients(first: 3) { nodes { ... on Company { id creditScore { score } } ... on Person { id creditScore { score } } } }
        }
        """;

    private static readonly int Faults = Setting("GRAPHRISK_FAULTS", 20), From = Setting("GRAPHRISK_FAULTS_FROM", 0);

    private readonly TemporaryFolder folder = new();
    private string whole = "", older = "", question = "", data = "";
    private string[] files = [];
    private string answer = "";

    /// <summary>A folder that has been used in full, and the same before the last delivery.</summary>
    [OneTimeSetUp]
    public async Task Use()
    {
        var (market, late) = (folder.PathOf("market"), folder.PathOf("late.ndjson"));
        (whole, older, data, question) = (folder.PathOf("whole"), folder.PathOf("older"), folder.PathOf("data"), folder.PathOf("question.graphql"));
        await File.WriteAllTextAsync(question, Question);
        await DoAsync("generate", "--out", market, "--clients", "300", "--seed", "5");
        await DoAsync("import", market, "--data", data);
        await DoAsync("resolve", "--data", data);
        await DoAsync("score", "--data", data, "--file", "--train", "--family", "scorecard", "--purpose", "supervision");
        await AskAsync();
        Copy(data, older);
        await File.WriteAllTextAsync(late, JsonSerializer.Serialize(new { id = "one", schema = "Company", properties = new { name = new[] { "一甲公司" } } }) + "\n");
        await DoAsync("import", late, "--data", data);
        answer = DataOf(await AskAsync())!;
        Copy(data, whole);
        files = [.. Directory.GetFiles(whole, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(whole, path)).Order(StringComparer.Ordinal)];
    }

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task WhatIsDamagedIsMadeAgainOrRefused()
    {
        Assert.That(answer, Does.Contain("\"score\":"), "there is something to get wrong");
        var wrong = new List<string>();
        foreach (var round in Enumerable.Range(From, Faults))
        {
            Copy(whole, data);
            var fault = Damage(new Random(round));
            var run = await AskAsync();
            var said = run.Out + run.Error;
            if (DataOf(run) is { } told && told != answer) wrong.Add($"{round} {fault}: answered otherwise: {told[..Math.Min(300, told.Length)]}");
            else if (said.Contains("   at ", StringComparison.Ordinal) || said.Contains("\"INTERNAL\"", StringComparison.Ordinal)) wrong.Add($"{round} {fault}: {said[..Math.Min(600, said.Length)]}");
            else if (DataOf(run) is null && !run.Error.Contains("graphrisk: ", StringComparison.Ordinal) && !run.Out.Contains("\"errors\"", StringComparison.Ordinal)) wrong.Add($"{round} {fault}: refused without a word: {said}");
        }

        Assert.That(wrong, Is.Empty, $"{wrong.Count} of {Faults}:\n{string.Join('\n', wrong)}");
    }

    /// <summary>The same under a server that runs on. It answers from what it holds, or refuses; a fault of a file is none of its process.</summary>
    [Test]
    public async Task WhatIsDamagedUnderAServerNeitherEndsItNorChangesItsAnswers()
    {
        if (!OperatingSystem.IsLinux()) Assert.Ignore("signals are those of Linux");
        var wrong = new List<string>();
        foreach (var round in Enumerable.Range(From, Math.Max(1, Faults / 10)))
        {
            Copy(whole, data);
            await using var server = await ServerProcess.StartAsync(data);
            var token = (await CommandRun.OfAsync("token", "--role", "regulator", "--purpose", "supervision", "--reason", "a test needs to see", "--data", data)).Out.Trim();
            using var http = new HttpClient();
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            if (round % 2 == 0) await TellAsync(http, server.Url);
            var fault = Damage(new Random(round));
            for (var asked = 0; asked < 2; asked++)
            {
                var told = await TellAsync(http, server.Url);
                if (told.Contains("\"INTERNAL\"", StringComparison.Ordinal)) wrong.Add($"{round} {fault}: {told[..Math.Min(600, told.Length)]}");
                else if (!told.Contains("\"errors\"", StringComparison.Ordinal) && Plain(JsonDocument.Parse(told)) != answer) wrong.Add($"{round} {fault}: answered otherwise: {told[..Math.Min(300, told.Length)]}");
            }

            if (!server.IsRunning) wrong.Add($"{round} {fault}: ended: {await server.Error}");
            else if (await server.EndAsync() is not 0 and var exit) wrong.Add($"{round} {fault}: exit {exit}: {await server.Error}");
        }

        Assert.That(wrong, Is.Empty, string.Join('\n', wrong));
    }

    private static async Task<string> TellAsync(HttpClient http, Uri url)
    {
        using var body = new StringContent(JsonSerializer.Serialize(new { query = Question }), Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(url, body);
        return await response.Content.ReadAsStringAsync();
    }

    private static string Plain(JsonDocument document)
    {
        using (document) return JsonSerializer.Serialize(document.RootElement.GetProperty("data"));
    }

    private string Damage(Random random)
    {
        var file = files[random.Next(files.Length)];
        var (path, before) = (Path.Combine(data, file), Path.Combine(older, file));
        var bytes = File.ReadAllBytes(path);
        switch (random.Next(4))
        {
            case 0 when bytes.Length > 0:
                var at = random.Next(bytes.Length);
                bytes[at] ^= (byte)(1 << random.Next(8));
                File.WriteAllBytes(path, bytes);
                return $"{file}: a bit of byte {at} of {bytes.Length} flipped";
            case 1 when bytes.Length > 0:
                var length = random.Next(bytes.Length);
                File.WriteAllBytes(path, bytes[..length]);
                return $"{file}: cut from {bytes.Length} to {length}";
            case 2 when File.Exists(before):
                File.Copy(before, path, overwrite: true);
                return $"{file}: as it was before";
            default:
                File.Delete(path);
                return $"{file}: deleted";
        }
    }

    private Task<CommandRun> AskAsync() => CommandRun.OfAsync("query", question, "--role", "regulator", "--purpose", "supervision", "--reason", "a test needs to see", "--data", data);

    /// <summary>What a question was answered, whole; null where it was refused.</summary>
    private static string? DataOf(CommandRun run)
    {
        if (run.ExitCode != 0 || !run.Out.StartsWith('{')) return null;
        using var document = JsonDocument.Parse(run.Out);
        return document.RootElement.TryGetProperty("errors", out _) || !document.RootElement.TryGetProperty("data", out var told) ? null : JsonSerializer.Serialize(told);
    }

    private static async Task DoAsync(params string[] command)
    {
        var run = await CommandRun.OfAsync(command);
        Assert.That(run.ExitCode, Is.Zero, $"{string.Join(' ', command)}: {run.Error}");
    }

    /// <summary>Makes a folder a copy of another; of one that is not there it is none.</summary>
    internal static void Copy(string from, string to)
    {
        if (Directory.Exists(to)) Directory.Delete(to, recursive: true);
        foreach (var path in Directory.Exists(from) ? Directory.GetFiles(from, "*", SearchOption.AllDirectories) : [])
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var set) ? set : otherwise;
}
