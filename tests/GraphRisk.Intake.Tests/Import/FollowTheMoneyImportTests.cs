using GraphRisk.Graph.Facts;
using GraphRisk.TestKit;

namespace GraphRisk.Intake.Tests.Import;

public sealed class FollowTheMoneyImportTests
{
    [Test]
    public async Task EveryEntityLandsOrSaysWhyItHoldsNothingForTheGraph()
    {
        var path = SharedData.Require("data/sanctions/zala.entities.ftm.json");
        using var bench = new ImportBench();
        var report = (await bench.Import(null, path)).Files.Single();
        Assert.That(bench.Quarantine.List().Where(entry => !entry.Landed).Select(entry => $"{entry.Line} {entry.Field} {entry.Reason}"), Is.Empty);
        Assert.That(report.Rows, Is.EqualTo(File.ReadLines(path).Count()));
        Assert.That(report.Ignored, Is.EqualTo(new Dictionary<string, long> { ["identification without a number"] = 1, ["schema Address is not held"] = 11 }));
        Assert.That(report.Landed + report.Ignored.Values.Sum(), Is.EqualTo(report.Rows));
        Assert.That(bench.Store.Nodes("Company").Count(), Is.EqualTo(11));
        Assert.That(bench.Store.Nodes("Person").Count(), Is.EqualTo(6));
        Assert.That(bench.Store.Edges("HOLDS").Count(), Is.EqualTo(14));
        Assert.That(bench.Store.Nodes("Listing").Count(), Is.EqualTo(41));
        Assert.That(bench.Store.Edges("OFFICER_OF").Count(), Is.EqualTo(3));
        Assert.That(bench.Store.Edges("RELATED_TO").Count(), Is.EqualTo(4));
    }

    [Test]
    public async Task TheOwnersThatAddTo201PercentAreKeptAsStated()
    {
        var path = SharedData.Require("data/sanctions/zala.entities.ftm.json");
        using var bench = new ImportBench();
        await bench.Import(null, path);
        var sums = bench.Store.Edges("HOLDS").GroupBy(edge => edge.To)
            .Select(group => group.Sum(edge => edge.Properties.TryGet("share", out var share) ? share.AsDecimal() : 0));
        Assert.That(sums.Max(), Is.EqualTo(2.01m));
    }

    [Test]
    public async Task AnIdentificationAddsToItsHolderWithoutRepeatingTheName()
    {
        using var bench = new ImportBench();
        bench.Write("x.ndjson", """
            {"id":"p","caption":"Ann","schema":"Person","properties":{"name":["Ann","Anna"],"gender":["female"],"birthDate":["1970"],"nationality":["gb"]}}
            {"id":"d","caption":"Passport","schema":"Passport","properties":{"holder":["p"],"number":["123"],"country":["gb"]}}

            """);
        await bench.Import();
        Assert.That(bench.Store.Nodes("Person").Select(fact => fact.Properties.ToString()), Is.EqualTo(new[]
        {
            "aliases: Anna, birthDates: 1970, kind: KNOWN, name: Ann, nationality: GB, sex: FEMALE", "identifiers: PASSPORT:GB-123",
        }));
    }

    [TestCase("49", "share: 0.49")]
    [TestCase("49,5 %", "share: 0.495")]
    [TestCase("25-50%", "shareMax: 0.5, shareMin: 0.25")]
    [TestCase("more than 50", "shareMin: 0.5, shareMinOpen: true")]
    [TestCase("1/4", "share: 0.25")]
    public async Task AShareIsReadAsItIsWritten(string text, string expected)
    {
        using var bench = new ImportBench();
        bench.Write("x.ndjson", Owned(text));
        await bench.Import();
        Assert.That(bench.Store.Edges("HOLDS").Single().Properties.ToString(), Is.EqualTo(expected));
    }

    [TestCase("201")]
    [TestCase("majority")]
    public async Task AShareThatIsNoneSendsItsRecordToQuarantine(string text)
    {
        using var bench = new ImportBench();
        bench.Write("x.ndjson", Owned(text));
        await bench.Import();
        var entry = bench.Quarantine.List().Single();
        Assert.That((entry.Line, entry.Field), Is.EqualTo((2, "percentage")));
    }

    [Test]
    public async Task AnOwnerWhomTheFileDoesNotDescribeIsAFault()
    {
        using var bench = new ImportBench();
        bench.Write("x.ndjson", """{"id":"o","caption":"","schema":"Ownership","properties":{"owner":["gone"],"asset":["a"]}}""");
        await bench.Import();
        Assert.That(bench.Quarantine.List().Single().Reason, Is.EqualTo("is gone, which is no party of the file or the store"));
    }

    private static string Owned(string percentage) => $$$"""
        {"id":"p","caption":"Ann","schema":"Person","properties":{"name":["Ann"]}}
        {"id":"o","caption":"","schema":"Ownership","properties":{"owner":["p"],"asset":["c"],"percentage":["{{{percentage}}}"]}}
        {"id":"c","caption":"Acme","schema":"Company","properties":{"name":["Acme"]}}

        """;
}
