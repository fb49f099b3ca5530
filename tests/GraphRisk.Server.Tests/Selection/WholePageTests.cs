using GraphRisk.Graph.Selection;
using GraphRisk.Server.Budget;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Selection;

/// <summary>A page of all nodes of a type is what selecting and cutting them gives, at the same cost.</summary>
public sealed class WholePageTests
{
    [TestCase(0, null), TestCase(1, null), TestCase(20, null), TestCase(200, null), TestCase(100_000, null)]
    [TestCase(null, 0), TestCase(null, 1), TestCase(null, 200), TestCase(null, 100_000), TestCase(null, null)]
    public async Task APageOfAllIsThatOfThoseSelected(int? first, int? last)
    {
        var served = await SampleMarket.Served;
        foreach (var viewer in (Viewer[])[ServedGraph.Regulator, ServedGraph.Broker("B001")])
        {
            var snapshot = (await served.Session.ViewAsync(viewer, default)).Snapshot;
            foreach (var type in served.Session.Catalog.NodeTypes)
            {
                using var whole = new QuestionBudget(Role.Regulator, QuestionLimits.ByRole[Role.Regulator]);
                using var cut = new QuestionBudget(Role.Regulator, QuestionLimits.ByRole[Role.Regulator]);
                var page = NodeSelection.CutAll(snapshot.Nodes, type.Name, 3, first, last, whole);
                var expected = NodeSelection.Cut(NodeSelection.Find(snapshot.Nodes, [type.Name], null, 3, cut), RowOrder.ByNumber, first, last, cut);
                Assert.That(page.Rows, Is.EqualTo(expected.Rows), type.Name);
                Assert.That((page.Count, page.HasPrevious, page.HasNext), Is.EqualTo((expected.Count, expected.HasPrevious, expected.HasNext)), type.Name);
                Assert.That(whole.Spent(CostUnit.Work), Is.EqualTo(cut.Spent(CostUnit.Work)), type.Name);
            }
        }
    }
}
