using System.Text.Json;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Quarantine;
using GraphRisk.Server.Import;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Import;

/// <summary>A person looks at what landed flagged, finds it right as it stands, and may take that back; everything stays on record.</summary>
public sealed class FlagsPartTests
{
    private const string Flags = "{ flaggedRecords(state: STATE) { totalCount nodes { id source record field reason state decisions { accepts by reason } } } }";

    private static readonly Viewer Steward = ServedGraph.As(Role.Analyst, "desk-3", "data-quality");

    private TemporaryFolder folder = null!;
    private QuarantineLog quarantine = null!;
    private ServedGraph served = null!;

    [SetUp]
    public async Task Serve()
    {
        folder = new TemporaryFolder();
        quarantine = QuarantineLog.Open(folder.PathOf("quarantine"));
        served = ServedGraph.Over(new InMemoryGraphStore(MarketSketch.Catalog), dependencies => dependencies with
        {
            Import = new ImportDependencies(MappingSet.Load(MarketSketch.Catalog), quarantine, folder.PathOf("import")),
        });
        await served.Ask(ServedGraph.Regulator, """mutation { importRecords(file: "registry/persons.csv", text: "person_no,name,id_number,birth_date,region\n7,张伟,330106195502031119,,33\n8,李四,330106195502031118,,33\n") { asserted } }""");
    }

    [TearDown]
    public async Task Close()
    {
        await served.DisposeAsync();
        quarantine.Dispose();
        folder.Dispose();
    }

    [Test]
    public async Task AnAcceptedFlagLeavesTheOpenOnesAndComesBackWhenThatIsTakenBack()
    {
        var open = await Listed(ServedGraph.Regulator, "OPEN");
        var id = open.TextAt("nodes.0.id");
        Assert.That((open.At("totalCount").GetInt32(), open.TextAt("nodes.0.record"), open.TextAt("nodes.0.field")), Is.EqualTo((1, "7", "residentId")));
        Assert.That(open.TextAt("nodes.0.reason"), Does.Contain("330106195502031119"));
        var accepted = await served.Ask(Steward, $$"""mutation { acceptFlag(id: "{{id}}", reason: "the original has it") { state } }""");
        Assert.That(accepted.TextAt("acceptFlag.state"), Is.EqualTo("ACCEPTED"));
        Assert.That((await Listed(ServedGraph.Regulator, "OPEN")).At("totalCount").GetInt32(), Is.Zero);
        await served.Ask(Steward, $$"""mutation { reopenFlag(id: "{{id}}", reason: "it was a copy") { state } }""");
        var again = await Listed(ServedGraph.Regulator, "OPEN");
        Assert.That(again.At("nodes.0.decisions").EnumerateArray().Select(decision => (decision.GetProperty("accepts").GetBoolean(), decision.TextAt("by"), decision.TextAt("reason"))),
            Is.EqualTo(new[] { (true, "desk-3", "the original has it"), (false, "desk-3", "it was a copy") }));
        Assert.That((await Listed(ServedGraph.Regulator, "ACCEPTED")).At("totalCount").GetInt32(), Is.Zero);
    }

    [Test]
    public async Task WhoMayNotJudgeAcceptsNothingAndNumbersAreQuotedToNobodyWithoutAReason()
    {
        var id = (await Listed(ServedGraph.Regulator, "OPEN")).TextAt("nodes.0.id");
        foreach (var viewer in (Viewer[])[ServedGraph.Broker("B001"), ServedGraph.Client("Person/registry:7"), ServedGraph.Analyst, ServedGraph.Regulator])
            Assert.That(await served.Codes(viewer, $$"""mutation { acceptFlag(id: "{{id}}", reason: "x") { state } }"""), Has.Length.EqualTo(1).And.Not.Contain("INTERNAL"));
        foreach (var viewer in (Viewer[])[ServedGraph.Broker("B001"), ServedGraph.Client("Person/registry:7")])
            Assert.That(await served.Codes(viewer, Flags.Replace("STATE", "OPEN", StringComparison.Ordinal)), Has.Length.EqualTo(1).And.Not.Contain("INTERNAL"));
        foreach (var viewer in (Viewer[])[ServedGraph.RegulatorMasked, ServedGraph.Analyst, Steward])
            Assert.That((await Listed(viewer, "OPEN")).ToString(), Does.Not.Contain("330106195502031119"));
    }

    [TestCase("ffff", "a reason")]
    [TestCase("", "a reason")]
    [TestCase("ID", " ")]
    public async Task WhatCannotBeDecidedIsRefusedWithAReason(string flag, string reason)
    {
        var id = flag == "ID" ? (await Listed(ServedGraph.Regulator, "OPEN")).TextAt("nodes.0.id") : flag;
        Assert.That(await served.Codes(Steward, $$"""mutation { acceptFlag(id: "{{id}}", reason: "{{reason}}") { state } }"""), Is.EqualTo(new[] { "BAD_USER_INPUT" }));
    }

    private async Task<JsonElement> Listed(Viewer viewer, string state) => (await served.Ask(viewer, Flags.Replace("STATE", state, StringComparison.Ordinal))).At("flaggedRecords");
}
