using System.Text.Json;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Commands;

/// <summary>The audit trail from the command line.</summary>
public sealed class AuditCommandTests
{
    private TemporaryFolder folder = null!;

    private string Data => folder.PathOf("data");

    [SetUp]
    public async Task IssueTokens()
    {
        folder = new TemporaryFolder();
        foreach (var purpose in (string[])["supervision", "monitoring", "supervision"])
            await DoneAsync("token", "--role", "regulator", "--purpose", purpose, "--reason", "case 17", "--data", Data);
    }

    [TearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task AHeadKeptElsewhereTellsWhatWasCutOff()
    {
        var report = folder.PathOf("report.txt");
        await File.WriteAllTextAsync(report, "Inspection of the day.\n" + await DoneAsync("audit", "head", "--data", Data));
        Assert.That(await DoneAsync("audit", "verify", "--head", report, "--data", Data), Does.StartWith("The trail is whole: 3 entries").And.Contain("kept elsewhere"));
        var trail = Path.Combine(Data, "audit.ndjson");
        await File.WriteAllLinesAsync(trail, (await File.ReadAllLinesAsync(trail))[..2]);
        var run = await CommandRun.OfAsync("audit", "verify", "--head", report, "--data", Data);
        Assert.That((run.ExitCode, run.Out.Trim()), Is.EqualTo((1, "Entry 3 is missing.")));
        var json = await CommandRun.OfAsync("audit", "verify", "--data", Data, "--json");
        Assert.That(JsonDocument.Parse(json.Out).RootElement.GetProperty("faults")[0].GetProperty("kind").GetString(), Is.EqualTo("Missing"));
    }

    [Test]
    public async Task AStoreOfAnotherHistoryIsToldUnlessAnEntryTellsOfIt()
    {
        var other = folder.PathOf("other");
        foreach (var made in (string[])[Data, other]) await DoneAsync("init", "--data", made);
        await DoneAsync("token", "--role", "regulator", "--data", Data);
        Assert.That(await DoneAsync("audit", "verify", "--data", Data), Does.StartWith("The trail is whole").And.Contain("was sealed over version 0 of store"));
        foreach (var file in (string[])["store.db", "store.seen"]) File.Copy(Path.Combine(other, file), Path.Combine(Data, file), overwrite: true);
        var run = await CommandRun.OfAsync("audit", "verify", "--data", Data);
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Out, Does.StartWith("Head ").And.Contain("was sealed over version 0 of store").And.Contain("has not that history, and no later entry tells of a restore"));
        File.Delete(Path.Combine(Data, "store.seen"));
        await DoneAsync("store", "accept", "--reason", "the other one is meant", "--data", Data);
        Assert.That(await DoneAsync("audit", "verify", "--data", Data), Does.StartWith("The trail is whole"));
    }

    [Test]
    public async Task EntriesAreShownByWhoWhatAndWhen()
    {
        var shown = await DoneAsync("audit", "show", "--data", Data);
        Assert.That(shown, Does.Contain("token").And.Contain("Operator").And.Contain("monitoring").And.Contain("3 entries."));
        Assert.That(await DoneAsync("audit", "show", "--role", "broker", "--data", Data), Does.Contain("0 entries."));
        Assert.That(await DoneAsync("audit", "show", "--act", "token", "--last", "2", "--since", "2020-01-01", "--data", Data), Does.Contain("2 entries."));
        Assert.That(await DoneAsync("audit", "show", "--until", "2020-01-01", "--data", Data), Does.Contain("0 entries."));
    }

    [Test]
    public async Task WithoutTheTrailNothingIsDoneUntilItIsRenewedWithAReason()
    {
        File.Delete(Path.Combine(Data, "audit.ndjson"));
        var refused = await CommandRun.OfAsync("token", "--role", "regulator", "--data", Data);
        Assert.That((refused.ExitCode, refused.Out), Is.EqualTo((1, "")));
        Assert.That(refused.Error, Does.Contain("audit.ndjson is missing").And.Contain("audit renew"));
        Assert.That(await DoneAsync("audit", "renew", "--reason", "the disk failed", "--data", Data), Does.Contain("audit-until-"));
        await DoneAsync("token", "--role", "regulator", "--data", Data);
        var shown = await DoneAsync("audit", "show", "--data", Data, "--json");
        Assert.That(shown, Does.Contain("the disk failed").And.Contain("missing: audit.ndjson").And.Contain("\\\"number\\\":"));
        Assert.That(Directory.GetFiles(Directory.GetDirectories(Data, "audit-until-*").Single()).Select(Path.GetFileName), Is.EquivalentTo(
            new[] { "audit-heads.ndjson", "audit.key", "audit-heads.key" }));
    }

    [Test]
    public async Task EntriesAreKeptThreeYearsAtLeast()
    {
        Assert.That((await CommandRun.OfAsync("audit", "retain", "--years", "2", "--data", Data)).Error, Does.Contain("at least 3"));
        Assert.That(await DoneAsync("audit", "retain", "--years", "3", "--data", Data), Does.Contain("nothing was cut"));
        Assert.That(await DoneAsync("audit", "verify", "--data", Data), Does.StartWith("The trail is whole"));
    }

    [Test]
    public async Task EveryPartOfItHasHelpWithExamples()
    {
        foreach (var part in (string[])["verify", "show", "head", "retain", "renew"])
            Assert.That(await DoneAsync("audit", part, "--help"), Does.Contain($"Examples:{Environment.NewLine}  graphrisk audit {part}"));
    }

    private static async Task<string> DoneAsync(params string[] args)
    {
        var run = await CommandRun.OfAsync(args);
        Assert.That(run.ExitCode, Is.Zero, run.Error + run.Out);
        return run.Out;
    }
}
