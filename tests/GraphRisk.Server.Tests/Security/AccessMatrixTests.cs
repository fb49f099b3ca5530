using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Security;

public class AccessMatrixTests
{
    [Test]
    public async Task TheDocumentIsUpToDate()
    {
        await using var served = await ServedGraph.Of(new MarketSketch());
        Golden.Check(AccessMatrix.Markdown(MarketSketch.Catalog, served.Schema), "graph-schema", "ACCESS.md");
    }

    [Test]
    public async Task TheCsvHasALineForEveryRolePurposeAndStandingOfEveryField()
    {
        await using var served = await ServedGraph.Of(new MarketSketch());
        var lines = AccessMatrix.Csv(MarketSketch.Catalog, served.Schema).TrimEnd('\n').Split('\n');
        Assert.That(lines, Is.Unique);
        Assert.That(lines, Does.Contain("Person,name,3,name,regulator,visible,supervision,-,no,mask,"));
        Assert.That(lines, Does.Contain("Person,name,3,name,regulator,visible,supervision,-,yes,allow,"));
        Assert.That(lines, Does.Contain("MarginContract,debt,3,amount,analyst,visible,data-quality,-,no,round,"));
        foreach (var type in MarketSketch.Catalog.NodeTypes)
            foreach (var field in type.Fields)
                Assert.That(lines.Any(line => line.StartsWith($"{type.Name},{field.Name},", StringComparison.Ordinal)), $"{type.Name}.{field.Name}");
    }
}
