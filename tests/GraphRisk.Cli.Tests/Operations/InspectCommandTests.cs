using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Operations;
using GraphRisk.Scoring.Texts;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Operations;

/// <summary>The daily inspection: green where all is well, and of each thing that is not its colour and what to do.</summary>
public sealed class InspectCommandTests
{
    private static readonly DateTimeOffset Monday = new(2025, 10, 6, 1, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();
    private string sound = "";

    [OneTimeSetUp]
    public async Task Import()
    {
        sound = folder.PathOf("sound");
        await DoneAsync("generate", "--clients", "60", "--out", folder.PathOf("market"));
        await DoneAsync("import", folder.PathOf("market"), "--data", sound, "--recorded-at", "2025-10-01T01:00:00Z");
        await File.WriteAllTextAsync(folder.PathOf("count.graphql"), "{ clients { totalCount } }");
        await DoneAsync("query", folder.PathOf("count.graphql"), "--role", "regulator", "--data", sound);
    }

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task EachCheckSaysWhatItSawAndTheReportIsKeptAsPageAndJson()
    {
        var (code, report) = await InspectAsync(sound, Monday);
        Assert.That(Of(report, "store-faults").State, Is.EqualTo("GREEN"), report.GetRawText());
        Assert.That(new[] { "recorded-ahead", "snapshots-unusable", "audit-faults", "disk-room" }.Select(name => Of(report, name).State), Is.All.EqualTo("GREEN"), report.GetRawText());
        Assert.That((Of(report, "certificate-left").State, Of(report, "model-drift").State, Of(report, "sources-silent").State), Is.EqualTo(("NONE", "NONE", "NONE")));
        Assert.That((Of(report, "drill-age").State, Of(report, "drill-age").Detail), Is.EqualTo(("AMBER", "never; days since the first recording")), "though five days alone were green");
        Assert.That(Of(report, "data-behind").Detail, Does.Contain("the sources reach 2025-09-30"));
        Assert.That(code, Is.EqualTo(report.GetProperty("state").GetString() switch { "RED" => 1, "AMBER" => 3, _ => 0 }));
        var page = await File.ReadAllTextAsync(Path.Combine(sound, "inspections", "inspection-2025-10-06.html"));
        Assert.That(page, Does.Contain("Faults of the store").And.Not.Contain("{0}"));
        var kept = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(sound, "inspections", "inspection-2025-10-06.json")));
        Assert.That(kept.RootElement.GetProperty("checks").GetArrayLength(), Is.EqualTo(InspectionCheck.Shipped().Count));
    }

    [Test]
    public async Task AClockThatStandsBeforeWhatIsRecordedIsRed()
    {
        var (code, report) = await InspectAsync(sound, new DateTimeOffset(2025, 9, 30, 22, 0, 0, TimeSpan.Zero));
        var ahead = Of(report, "recorded-ahead");
        Assert.That((code, ahead.State, ahead.Value, ahead.WhatToDo), Is.EqualTo((1, "RED", 3m, "Set the machine's clock: what is recorded now would be known before what is known already.")));
    }

    [Test]
    public async Task DamageIsToldOfEachPartAndTheOthersAreMeasuredAllTheSame()
    {
        var data = Copy("damaged");
        var snapshot = Directory.GetFiles(Path.Combine(data, "snapshots"), "*.snapshot")[0];
        await File.WriteAllBytesAsync(snapshot, (await File.ReadAllBytesAsync(snapshot))[..5000]);
        var trail = new DataFolder(data).Audit.Trail;
        var entries = await File.ReadAllBytesAsync(trail);
        entries[entries.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(trail, entries);
        var (code, report) = await InspectAsync(data, Monday);
        Assert.That((code, Of(report, "snapshots-unusable").State, Of(report, "snapshots-unusable").Detail), Is.EqualTo((1, "AMBER", Path.GetFileName(snapshot))));
        Assert.That((Of(report, "audit-faults").State, Of(report, "store-faults").State), Is.EqualTo(("RED", "GREEN")), report.GetRawText());
    }

    [Test]
    public async Task AStoreThatIsGoneIsRedAndEndsNothing()
    {
        var data = Copy("gone");
        File.Delete(Path.Combine(data, "store.db"));
        var (code, report) = await InspectAsync(data, Monday);
        Assert.That((code, Of(report, "store-faults").State, Of(report, "audit-faults").State), Is.EqualTo((1, "RED", "GREEN")));
        Assert.That(Of(report, "store-faults").Detail, Does.Contain("is missing").And.Contain("Put store.db back"));
    }

    [Test]
    public async Task ASourceThatDeliversEveryDayAndStopsIsNamed()
    {
        var data = Copy("silent");
        var code = File.ReadLines(folder.PathOf("market", "exchange", "prices.csv")).ElementAt(1).Split(',')[0];
        for (var day = 2; day < 5; day++)
        {
            var file = folder.PathOf("daily", $"{day}", "exchange", "prices.csv");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, $"security_code,trade_date,close,suspended\n{code},2025-10-0{day},10.0{day},0\n");
            var run = await CommandRun.OfAsync("import", file, "--data", data, "--recorded-at", $"2025-10-0{day}T10:00:00Z");
            Assert.That(run.ExitCode, Is.Zero, run.Error + run.Out);
        }

        Assert.That(Of((await InspectAsync(data, new DateTimeOffset(2025, 10, 6, 1, 0, 0, TimeSpan.Zero))).Report, "sources-silent").State, Is.EqualTo("GREEN"), "two days over a weekend");
        var silent = Of((await InspectAsync(data, new DateTimeOffset(2025, 10, 20, 1, 0, 0, TimeSpan.Zero))).Report, "sources-silent");
        Assert.That((silent.State, silent.Detail), Is.EqualTo(("AMBER", "exchange for 16 days, usually 1")));
    }

    [Test]
    public async Task ACertificateIsToldBeforeItEnds()
    {
        using var key = ECDsa.Create();
        using var certificate = new CertificateRequest("CN=graphrisk.example", key, HashAlgorithmName.SHA256).CreateSelfSigned(Monday.AddYears(-1), Monday.AddDays(5).AddHours(1));
        await File.WriteAllTextAsync(folder.PathOf("server.pem"), certificate.ExportCertificatePem());
        var (code, report) = await InspectAsync(sound, Monday, name => name == "GRAPHRISK_CERTIFICATE" ? folder.PathOf("server.pem") : null);
        Assert.That((code, Of(report, "certificate-left").State, Of(report, "certificate-left").Value), Is.EqualTo((1, "RED", 5m)));
    }

    [TestCase("name,worse,amber,red\n", "no checks")]
    [TestCase("name,worse,amber,red\nstore-faults,ABOVE,1\n", "line 2 is no row of four cells")]
    [TestCase("name,worse,amber,red\nweather,ABOVE,1,2\n", "line 2 names 'weather', which nothing measures")]
    [TestCase("name,worse,amber,red\n# free\ndisk-room,BELOW,1,2\n", "line 3 is red before it is amber")]
    [TestCase("name,worse,amber,red\ndisk-room,LOWER,1,2\n", "neither ABOVE nor BELOW")]
    [TestCase("name,worse,amber,red\ndisk-room,BELOW,much,2\n", "'much', which is no number")]
    [TestCase("name,worse,amber,red\ndisk-room,BELOW,2,1\ndisk-room,BELOW,2,1\n", "'disk-room' twice")]
    public void ATableThatCannotBeMeantIsRefusedByItsLine(string table, string why) =>
        Assert.That(Assert.Throws<UserErrorException>(() => InspectionCheck.Read("own.csv", table))!.Message, Does.Contain(why));

    [Test]
    public void EveryCheckHasItsTextsInBothLanguages()
    {
        var (english, chinese) = (TextCatalogue.Of(typeof(InspectCommand).Assembly, "inspect", Language.English), TextCatalogue.Of(typeof(InspectCommand).Assembly, "inspect", Language.Chinese));
        Assert.That(chinese.Keys, Is.EquivalentTo(english.Keys));
        Assert.That(InspectionCheck.Shipped().SelectMany(check => new[] { $"inspect.{check.Name}", $"inspect.{check.Name}.do" }), Is.SubsetOf(english.Keys));
        Assert.That(InspectionCheck.Shipped().Select(check => check.Name), Is.EquivalentTo(InspectionMeasures.Known));
    }

    private string Copy(string name)
    {
        var data = folder.PathOf(name);
        foreach (var file in Directory.GetFiles(sound, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(data, Path.GetRelativePath(sound, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        return data;
    }

    private static async Task<(int Code, JsonElement Report)> InspectAsync(string data, DateTimeOffset at, Func<string, string?>? variable = null)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(["inspect", "--data", data, "--json"], new Host(new ClockAt(at), output, error, variable ?? (_ => null)));
        Assert.That(output.ToString(), Is.Not.Empty, error.ToString());
        return (code, JsonDocument.Parse(output.ToString()).RootElement);
    }

    private static (string State, decimal? Value, string Detail, string? WhatToDo) Of(JsonElement report, string name)
    {
        var check = report.GetProperty("checks").EnumerateArray().Single(one => one.GetProperty("name").GetString() == name);
        return (check.GetProperty("state").GetString()!, check.GetProperty("value").ValueKind == JsonValueKind.Null ? null : check.GetProperty("value").GetDecimal(), check.GetProperty("detail").GetString()!, check.GetProperty("whatToDo").GetString());
    }

    private static async Task DoneAsync(params string[] args)
    {
        var run = await CommandRun.OfAsync(args);
        Assert.That(run.ExitCode, Is.Zero, run.Error + run.Out);
    }

    private sealed class ClockAt(DateTimeOffset instant) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => instant;
    }
}
