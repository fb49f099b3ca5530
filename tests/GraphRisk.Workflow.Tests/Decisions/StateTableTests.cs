using GraphRisk.Graph.Schema;
using GraphRisk.Market.Credit;
using GraphRisk.TestKit;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Workflow.Tests.Decisions;

public sealed class StateTableTests
{
    private const string Header = "move,from,to,when,who,apart,only,carries,may,repeats,means\n";

    [Test]
    public void EveryTableHasTheStatesOfItsNodeTypeAndNoOthers([ValueSource(nameof(Kinds))] CaseKind kind)
    {
        var states = GraphText.Catalog.Node(kind.NodeType).GetField("state").Enum!.Values;
        Assert.That(kind.Table.States, Is.EquivalentTo(states));
    }

    [Test]
    public void WhatMovesCarryAreFieldsOfMoves([ValueSource(nameof(Kinds))] CaseKind kind)
    {
        var fields = GraphText.Catalog.Node(CaseFacts.MoveType).Fields.Select(field => field.Name).ToList();
        foreach (var row in kind.Table.Rows) Assert.That(row.Carries.Concat(row.May), Is.SubsetOf(fields), row.Move);
        foreach (var (_, carried, kept) in kind.Outcomes)
        {
            Assert.That(fields, Does.Contain(carried));
            Assert.That(GraphText.Catalog.Node(kind.NodeType).FindField(kept), Is.Not.Null);
        }
    }

    [Test]
    public void EveryCaseCanBeEnded([ValueSource(nameof(Kinds))] CaseKind kind)
    {
        Assert.That(kind.Table.States.Any(kind.Table.IsFinal));
        foreach (var state in kind.Table.States) Assert.That(Reachable(kind.Table, state).Any(kind.Table.IsFinal), state);
    }

    [Test]
    public void EveryKindOfCaseInTheSchemaHasATable() =>
        Assert.That(CaseKind.All.Select(kind => kind.NodeType), Is.EquivalentTo(GraphText.Catalog.NodeTypes.Where(type => type.Is("Case")).Select(type => type.Name)));

    [Test]
    public void AFieldIsDisputedAsLongAsTheComplaintMayBeDecidedEitherWay() =>
        Assert.That(OpenDisputes.States, Is.EquivalentTo(CaseKind.Complaint.Table.States.Where(state => Reachable(CaseKind.Complaint.Table, state).IsSupersetOf(["UPHELD", "REJECTED"]))));

    [TestCase("move,from\n", "does not begin with")]
    [TestCase(Header + "file,-,FILED,-,client,-,-,-,-,-,Files", "no row of eleven cells")]
    [TestCase(Header + "file,-,FILED,-,passer-by,-,-,-,-,-,\"Files.\"", "'passer-by', which is no part")]
    [TestCase(Header + "close,OPEN,CLOSED,-,client,-,-,-,-,-,\"Closes.\"", "leads on from OPEN, which nothing leads to")]
    [TestCase(Header + "file,-,FILED,-,client,-,-,-,-,-,\"Files.\"\nfile,-,OPEN,large,client,-,-,-,-,-,\"Files.\"", "never counts")]
    [TestCase(Header + "file,-,FILED,-,client,-,-,-,-,amount,\"Files.\"", "repeats amount")]
    [TestCase(Header + "file,-,FILED,-,client,-,give.assignee,-,-,-,\"Files.\"", "carries none")]
    [TestCase(Header + "file,-,FILED,-,client,assignee/decider,-,-,-,-,\"Files.\"", "keeps assignee apart")]
    [TestCase(Header + "file,-,FILED,-,client,mover,-,-,-,-,\"Files.\"", "not WHO/OTHERS")]
    public void WhatIsNoTableIsRefusedByItsLine(string text, string fault) =>
        Assert.That(() => StateTable.Read("test", text), Throws.TypeOf<InvalidDataException>().With.Message.Contains(fault));

    private static IEnumerable<CaseKind> Kinds => CaseKind.All;

    private static HashSet<string> Reachable(StateTable table, string from)
    {
        var (met, open) = (new HashSet<string> { from }, new Stack<string>([from]));
        while (open.TryPop(out var state))
            foreach (var row in table.Rows.Where(row => row.From.Contains(state)))
                if (met.Add(row.To)) open.Push(row.To);
        return met;
    }
}
