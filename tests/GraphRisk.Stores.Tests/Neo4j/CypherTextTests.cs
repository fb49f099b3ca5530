using GraphRisk.Stores.Neo4j;
using GraphRisk.TestKit;

namespace GraphRisk.Stores.Tests.Neo4j;

public sealed class CypherTextTests
{
    private static IEnumerable<CypherText> Texts => CypherText.All.Values;

    [TestCaseSource(nameof(Texts))]
    public void ATextUsesTheParametersItsHeaderNames(CypherText text) =>
        Assert.That(text.UsedParameters(), Is.EquivalentTo(text.Parameters), text.Name);

    [Test]
    public void ATextWithoutItsHeaderIsRefused() =>
        Assert.That(() => CypherText.Parse("x", "// purpose: p\nRETURN 1"), Throws.InstanceOf<FormatException>().With.Message.Contains("parameters"));

    [Test]
    public void OnlyNamesOfTheSchemaAreWrittenIntoAText() =>
        Assert.That(() => CypherText.Get("store/create-nodes").With(("Type", "Person`) DETACH DELETE n //")), Throws.ArgumentException);

    [Test]
    public void EveryStatementStandsInTheFolder()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("src", "GraphRisk.Stores", "Neo4j"), "*.cs", SearchOption.AllDirectories))
            Assert.That(File.ReadAllText(file), Does.Not.Match("\"(MATCH|CREATE|MERGE|UNWIND|CALL|SHOW|DROP|RETURN) "), file);
    }
}
