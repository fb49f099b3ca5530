using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Operations;

/// <summary>
/// What an operator sees of a server that is asked with marked values, well and badly, read and written to: lines of the log, measurements, spans. None of them holds a
/// value, a name, an identifier or a secret.
/// </summary>
public sealed partial class SeeingTests
{
    /// <summary>Values that stand in what is asked, in tokens and in what is stored.</summary>
    private static readonly string[] Marked = ["Markedly", "甲标记", "91310000MARKED001X", "13800138999", "marked-reason", "marked-person", "marked-gone", "registry:MARKED", "markedField"];

    private readonly TemporaryFolder folder = new();
    private readonly HttpClient http = new();
    private readonly List<string> secrets = [];
    private ServedFolder server = null!;
    private Collector collector = null!;
    private string data = "";
    private string token = "";

    [OneTimeSetUp]
    public async Task AskAllKinds()
    {
        data = folder.PathOf("data");
        var file = folder.PathOf("one.ndjson");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { id = "one", schema = "Company", properties = new { name = new[] { "甲标记 Markedly Ltd" } } }) + "\n");
        Assert.That((await CommandRun.OfAsync("import", file, "--data", data)).ExitCode, Is.Zero);
        token = (await CommandRun.OfAsync("token", "--role", "regulator", "--purpose", "supervision", "--reason", "marked-reason", "--person", "marked-person", "--data", data)).Out.Trim();
        secrets.AddRange([token, token.Split('.')[2], Convert.ToBase64String(await File.ReadAllBytesAsync(Path.Combine(data, "keys", "token.key"))), "Bearer "]);
        collector = new Collector();
        server = await ServedFolder.StartAsync("--data", data, "--development-tokens", "--log", "json", "--slow-question", "0.000001", "--otlp", collector.Url);
        await AskAsync("query ByLiteral { search(text: \"Markedly\") { edges { node { id } } } }");
        await AskAsync("query ByVariable($text: String!) { search(text: $text) { edges { node { id } } } }", new { text = "甲标记" });
        await AskAsync("query Wrong { search(text: \"Markedly\") { markedField } }");
        await AskAsync("{ node(id: \"Company/registry:MARKED\") { id } }");
        await AskAsync("{ search(text: ");
        await AskAsync("mutation Take($text: String!) { importRecords(file: \"registry/companies.csv\", resolve: false, text: $text) { asserted } }", new
        {
            text = "uscc,name,legal_form,industry,region,address,registered_capital,established\n91310000MARKED001X,Markedly Two,有限责任公司,制造,31,13800138999,1000.00,2010-01-01\n91310000MA1K000000,Markedly Three,有限责任公司,制造,31,,many,2010-01-01\n",
        });
        await AskAsync("mutation { revoke: nothing(id: \"91310000MARKED001X\") }");
        await AskAsync("{ companies(first: 3) { nodes { name } } }", accept: "text/csv");
        await AskAsync("{ store { available } }", bearer: "marked-person.Markedly.13800138999");
        var gone = (await CommandRun.OfAsync("token", "--role", "regulator", "--purpose", "supervision", "--person", "marked-gone", "--data", data)).Out.Trim();
        secrets.Add(gone);
        var id = JsonDocument.Parse(Base64Url.DecodeFromChars(gone.Split('.')[1])).RootElement.GetProperty("jti").GetString()!;
        Assert.That((await CommandRun.OfAsync("token", "revoke", "--id", id, "--data", data)).ExitCode, Is.Zero);
        await AskAsync("{ store { available } }", bearer: gone);
        await AskAsync(string.Concat(Enumerable.Repeat("{ a ", 200)) + string.Concat(Enumerable.Repeat("}", 200)));
        await http.GetAsync(new Uri(server.Url + "?query=" + Uri.EscapeDataString("{ search(text: \"Markedly\") { edges { node { id } } } }")));
        await AskAsync("query Last { store { available } }");
        while (!Events("question").Any(line => Of(line, "operation") == "Last")) await Task.Delay(20);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await server.DisposeAsync();
        Assert.That(collector.Spans, Does.Contain("graphql").And.Contain("snapshot build").And.Contain("store read").And.Contain("store append").And.Contain("search catch-up"));
        RequireUnmarked(collector.Spans, "spans");
        collector.Dispose();
        http.Dispose();
        folder.Dispose();
    }

    [Test]
    public void EachLineIsOneJsonObjectAndEachQuestionHasOne()
    {
        var questions = Events("question");
        Assert.That(questions.Select(line => $"{Of(line, "role")} {Of(line, "purpose")} {Of(line, "kind")} {Of(line, "operation")} {Of(line, "outcome")}").Take(7), Is.EqualTo(new[]
        {
            "regulator supervision query ByLiteral OK",
            "regulator supervision query ByVariable OK",
            "regulator supervision query Wrong VALIDATION_FAILED",
            "regulator supervision query  NOT_FOUND",
            "regulator supervision none  SYNTAX_ERROR",
            "regulator supervision mutation Take OK",
            "regulator supervision mutation  VALIDATION_FAILED",
        }));
        Assert.That(questions.Select(line => Of(line, "outcome")), Does.Contain("UNAUTHENTICATED").And.Contain("TOO_DEEP"));
        foreach (var line in questions)
        {
            Assert.That(Of(line, "request"), Is.Not.Empty);
            Assert.That((line.GetProperty("milliseconds").GetDouble() >= 0, line.GetProperty("work").GetInt64() >= 0, line.TryGetProperty("at", out _)), Is.EqualTo((true, true, true)));
        }

        Assert.That(questions[0].GetProperty("work").GetInt64(), Is.Positive);
    }

    [Test]
    public async Task NoLineAndNoMeasurementHoldsASecretOrAValue()
    {
        RequireUnmarked(server.Error, "log");
        RequireUnmarked(await MetricsAsync(), "metrics");
    }

    [Test]
    public void ATokenThatIsRefusedIsToldByItsIdAlone() => Assert.That(server.Error, Does.Contain("A token was refused: it was revoked (id "));

    [Test]
    public void ASlowQuestionIsToldByTheHashOfItsDocument()
    {
        const string Asked = "query ByLiteral { search(text: \"Markedly\") { edges { node { id } } } }";
        var line = Events("slow question").First(line => Of(line, "operation") == "ByLiteral");
        Assert.That(Of(line, "document"), Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Asked)))));
        foreach (var unit in (string[])["work", "nodes", "edges", "steps", "shared", "instants", "fields", "rows", "bytes"]) Assert.That(line.GetProperty(unit).GetInt64(), Is.Not.Negative, unit);
        Assert.That(Of(line, "level"), Is.EqualTo("warning"));
    }

    [Test]
    public async Task MeasurementsAreReadAsPrometheusDoesAndAQuestionAddsToThem()
    {
        var before = await MetricsAsync();
        foreach (var line in before.Split('\n', StringSplitOptions.RemoveEmptyEntries)) Assert.That(line, Does.Match(Comment()).Or.Match(Sample()));
        await AskAsync("query Counted { store { available } }");
        while (!Events("question").Any(line => Of(line, "operation") == "Counted")) await Task.Delay(20); // It is told when its answer has left.
        var after = await MetricsAsync();
        foreach (var (name, label) in new[] { ("graphrisk_requests_total", "outcome=\"OK\""), ("graphrisk_request_duration_seconds_count", "kind=\"query\""), ("graphrisk_budget_spent_total", "unit=\"fields\"") })
            Assert.That(Sum(after, name, label), Is.GreaterThan(Sum(before, name, label)), name);
        Assert.That((Sum(after, "graphrisk_ready", ""), Sum(after, "graphrisk_store_version", "") > 1, Sum(after, "graphrisk_snapshots_size_bytes", "") > 0), Is.EqualTo((1d, true, true)));
        Assert.That(Sum(after, "graphrisk_commit_duration_seconds_count", "result=\"committed\""), Is.Positive);
        Assert.That(Sum(after, "graphrisk_sign_ins_rejected_total", "reason=\"UNAUTHENTICATED\""), Is.Positive);
        Assert.That(Sum(after, "graphrisk_audit_writes_total", "result=\"written\""), Is.Positive);
    }

    [Test]
    public async Task TheDashboardNamesOnlyWhatIsMeasured()
    {
        var measured = Sample().Matches(await MetricsAsync()).Select(line => line.Groups[1].Value).ToHashSet();
        var dashboard = JsonDocument.Parse(await File.ReadAllTextAsync(Repository.PathOf("samples", "operations", "grafana-dashboard.json"))).RootElement;
        var asked = dashboard.GetProperty("panels").EnumerateArray().Where(panel => panel.TryGetProperty("targets", out _))
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray()).SelectMany(target => Name().Matches(target.GetProperty("expr").GetString()!)).Select(name => name.Value).ToHashSet();
        Assert.That(asked, Has.Count.GreaterThan(15));
        Assert.That(asked.Where(name => !measured.Contains(name)), Is.Empty);
        var ours = measured.Where(name => name.StartsWith("graphrisk_", StringComparison.Ordinal) && !name.EndsWith("_sum", StringComparison.Ordinal));
        Assert.That(ours.Where(name => !asked.Contains(name)).Where(name => !name.EndsWith("_count", StringComparison.Ordinal)), Is.SubsetOf(new[] { "graphrisk_search_version" }), "what is measured is looked at");
    }

    [Test]
    public async Task WhoComesThroughAProxyIsGivenNoMeasurements()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(server.Url), "/metrics"));
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");
        using var response = await http.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task AnAddressOfItsOwnGivesMeasurementsAndNothingElse()
    {
        var port = FreePorts.One();
        await using var own = await ServedFolder.StartAsync("--data", await CopyAsync(), "--development-tokens", "--log-level", "warning", "--metrics-listen", $"127.0.0.1:{port}");
        var address = new Uri($"http://127.0.0.1:{port}");
        Assert.That(await http.GetStringAsync(new Uri(address, "/metrics")), Does.Contain("graphrisk_ready"));
        foreach (var (at, path) in new[] { (address, "/graphql"), (address, "/health"), (address, "/graphql/ui/"), (new Uri(own.Url), "/metrics") })
            Assert.That((await http.GetAsync(new Uri(at, path))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
        Assert.That(own.Error, Does.Not.Contain("question"));
    }

    private async Task<string> CopyAsync()
    {
        var copy = folder.PathOf("other");
        Assert.That((await CommandRun.OfAsync("init", "--data", copy)).ExitCode, Is.Zero);
        return copy;
    }

    private async Task AskAsync(string query, object? variables = null, string? accept = null, string? bearer = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Url) { Content = new StringContent(JsonSerializer.Serialize(new { query, variables }), Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer ?? token);
        if (accept is not null) request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        using var response = await http.SendAsync(request);
        await response.Content.ReadAsStringAsync();
    }

    private async Task<string> MetricsAsync() => await http.GetStringAsync(new Uri(new Uri(server.Url), "/metrics"));

    private List<JsonElement> Events(string name) =>
        [.. server.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).Where(line => Of(line, "event") == name)];

    private static string Of(JsonElement line, string name) => line.TryGetProperty(name, out var value) ? value.ToString() : "";

    private void RequireUnmarked(string text, string where)
    {
        foreach (var mark in (string[])[.. Marked, .. secrets]) Assert.That(text.Contains(mark, StringComparison.OrdinalIgnoreCase), Is.False, $"{mark} in {where}");
    }

    private static double Sum(string metrics, string name, string label) => Sample().Matches(metrics)
        .Where(line => line.Groups[1].Value == name && line.Groups[2].Value.Contains(label, StringComparison.Ordinal))
        .Sum(line => double.Parse(line.Groups[3].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^# (?:HELP|TYPE|UNIT|EOF).*$")]
    private static partial Regex Comment();

    [GeneratedRegex("""^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*",?)*\})? (-?[0-9.eE+-]+|NaN|[+-]Inf)(?: [0-9.]+)?\r?$""", RegexOptions.Multiline)]
    private static partial Regex Sample();

    [GeneratedRegex(@"\b(?:graphrisk|dotnet)_[a-z_]+")]
    private static partial Regex Name();

    /// <summary>A collector of OTLP over HTTP that keeps what it is sent as text.</summary>
    private sealed class Collector : IDisposable
    {
        private readonly HttpListener listener = new();
        private readonly ConcurrentQueue<string> received = new();

        public Collector()
        {
            Url = $"http://127.0.0.1:{FreePorts.One()}";
            listener.Prefixes.Add(Url + "/");
            listener.Start();
            _ = Task.Run(ReceiveAsync);
        }

        public string Url { get; }

        public string Spans => string.Concat(received);

        public void Dispose() => listener.Close();

        private async Task ReceiveAsync()
        {
            try
            {
                while (true)
                {
                    var context = await listener.GetContextAsync();
                    using var body = new MemoryStream();
                    await context.Request.InputStream.CopyToAsync(body);
                    received.Enqueue(Encoding.UTF8.GetString(body.ToArray()));
                    context.Response.Close();
                }
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }

    private static class FreePorts
    {
        /// <summary>A port nobody listens on now.</summary>
        public static int One()
        {
            using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}
