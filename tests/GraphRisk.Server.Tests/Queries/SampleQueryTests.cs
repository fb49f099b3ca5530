using System.Text.Encodings.Web;
using System.Text.Json;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Queries;

public sealed class SampleQueryTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static IEnumerable<string> Names => SampleQuery.Names;

    [TestCaseSource(nameof(Names))]
    public async Task ASampleQueryHasItsExpectedAnswer(string name)
    {
        var query = SampleQuery.Read(name);
        var served = await SampleMarket.Served;
        var answer = await served.AskText(query.Viewer, query.Text, query.Variables);
        var pretty = JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(answer), Indented) + "\n";
        Golden.Check(pretty, "samples", "queries", $"{name}.expected.json");
    }

    [TestCaseSource(nameof(Names))]
    public void ASampleQuerySaysWhatIsAskedAndWhoAsks(string name)
    {
        var query = SampleQuery.Read(name);
        Assert.That(query.Head.Keys, Is.SupersetOf(new[] { "question", "role", "purpose" }));
        Assert.That(query.Viewer.Purpose!.Roles.ToArray(), Does.Contain(query.Viewer.Role));
    }

    [Test]
    public void EveryRoleAsksSomething() => Assert.That(
        SampleQuery.Names.Select(name => SampleQuery.Read(name).Viewer.Role).Distinct(),
        Is.EquivalentTo(new[] { Role.Regulator, Role.Broker, Role.Client, Role.Analyst }));
}
