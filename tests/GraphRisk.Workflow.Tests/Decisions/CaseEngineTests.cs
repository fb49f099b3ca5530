using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Workflow.Tests.Decisions;

public sealed class CaseEngineTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly CaseParties Parties = new("Person/broker-B001:C1", "Broker/B001");
    private static readonly Mover Client = new(CasePart.Client, Parties.Client, null);
    private static readonly Mover Li = new(CasePart.Officer, Parties.Broker, "li");
    private static readonly Mover Wang = new(CasePart.Officer, Parties.Broker, "wang");
    private static readonly Mover Nobody = new(CasePart.Officer, Parties.Broker, null);
    private static readonly ImmutableDictionary<string, ImmutableArray<string>> NoOthers = ImmutableDictionary<string, ImmutableArray<string>>.Empty;
    private static int keys;
    private static readonly StateTable Table = CaseKind.Application.Table;

    [Test]
    public void AnApplicationThatIsAskedAboutAnsweredAndApproved()
    {
        var history = After(Filed(), Move("ask", Li, ("reason", "where do the funds come from?")), Move("answer", Client, ("reason", "from a sale")), Approve(Li, 100_000m));
        Assert.That((history.State, history.Moves.Length, history.Replay(Table)), Is.EqualTo(("APPROVED", 4, ((string?)"APPROVED", (string?)null))));
    }

    [Test]
    public void ALargeLineTakesASecondPerson()
    {
        var first = After(Filed(), Approve(Li, 6_000_000m, two: true));
        Assert.That(first.State, Is.EqualTo("AGREED_BY_ONE"));
        Assert.That(Refusal(first, Approve(Li, 6_000_000m, two: true)), Is.EqualTo(RefusalKind.Person), "the same person is nobody else");
        Assert.That(Refusal(first, Approve(Nobody, 6_000_000m, two: true)), Is.EqualTo(RefusalKind.Person), "nor is somebody whom nobody names");
        Assert.That(Refusal(first, Approve(Wang, 5_000_000m, two: true)), Is.EqualTo(RefusalKind.Content), "the same is agreed to, or nothing");
        Assert.That(After(first, Approve(Wang, 6_000_000m, two: true)).State, Is.EqualTo("APPROVED"));
    }

    [Test]
    public void WhoAgreesFirstIsNamedSinceAnotherIsHeldAgainstIt() =>
        Assert.That(Refusal(Filed(), Approve(Nobody, 6_000_000m, two: true)), Is.EqualTo(RefusalKind.Person));

    [Test]
    public void AnAnswerOpensWhatOnePersonAgreedTo()
    {
        var asked = After(Filed(), Approve(Li, 6_000_000m, two: true), Move("ask", Wang, ("reason", "why so much?")), Move("answer", Client, ("reason", "a large purchase")));
        Assert.That(asked.State, Is.EqualTo("FILED"));
        var again = After(asked, Approve(Wang, 6_000_000m, two: true));
        Assert.That(again.State, Is.EqualTo("AGREED_BY_ONE"), "it begins anew");
        Assert.That(After(again, Approve(Li, 6_000_000m, two: true)).State, Is.EqualTo("APPROVED"));
    }

    [TestCase("approve", RefusalKind.State)]
    [TestCase("decline", RefusalKind.State)]
    [TestCase("withdraw", RefusalKind.State)]
    [TestCase("nod", RefusalKind.State)]
    public void NothingLeadsOnFromWhatIsFinal(string move, RefusalKind kind)
    {
        var refusal = CaseEngine.Decide(Table, After(Filed(), Move("decline", Li, ("reason", "no"))), Move(move, Li), At).Refusal!;
        Assert.That((refusal.Kind, refusal.State, refusal.Move), Is.EqualTo((kind, "DECLINED", move)));
        Assert.That(refusal.Reason, Does.Contain("final"));
    }

    [Test]
    public void EachPartMakesItsOwnMovesInItsOwnCases()
    {
        Assert.That(Refusal(Filed(), Approve(Client, 1m)), Is.EqualTo(RefusalKind.Part));
        Assert.That(Refusal(Filed(), Approve(new Mover(CasePart.Officer, "Broker/B002", "li"), 1m)), Is.EqualTo(RefusalKind.Part));
        Assert.That(Refusal(Filed(), Move("withdraw", new Mover(CasePart.Client, "Person/broker-B001:C2", null))), Is.EqualTo(RefusalKind.Part));
        Assert.That(Refusal(Filed(), Move("withdraw", new Mover(CasePart.Supervisor, null, "zhao"))), Is.EqualTo(RefusalKind.Part));
    }

    [Test]
    public void WhatLeadsOnIsToldWithWhoMayMakeIt()
    {
        var first = After(Filed(), Approve(Li, 6_000_000m, two: true));
        Assert.That(NextOf(first, Li), Is.EqualTo("ask approve:Person decline withdraw"), "who agreed first is not the second");
        Assert.That(NextOf(first, Wang), Is.EqualTo("ask approve decline withdraw"));
        Assert.That(NextOf(first, Nobody), Is.EqualTo("ask approve:Person decline:Person withdraw"));
        Assert.That(NextOf(first, Client), Is.EqualTo("ask:Part approve:Part decline:Part withdraw"));
        Assert.That(CaseEngine.Next(Table, first, Li, NoOthers).Where(move => move.TakesAnother).Select(move => (move.Move, string.Join(' ', move.ApartFrom))), Is.EqualTo([("approve", "2")]));
        Assert.That(CaseEngine.Next(Table, Filed(), Li, NoOthers).Any(move => move.TakesAnother), Is.False);
        Assert.That(NextOf(After(first, Approve(Wang, 6_000_000m, two: true)), Wang), Is.Empty, "it is final for persons");
        var again = After(Filed(), Move("decline", Li, ("reason", "no")), Move("reopen", Mover.Platform, ("reason", "upheld"), ("document", "C-1")));
        Assert.That(NextOf(again, Li), Is.EqualTo("ask approve:Person decline:Person withdraw"), "who decided before does not again");
        Assert.That(CaseEngine.Next(Table, again, Wang, NoOthers).Where(move => move.TakesAnother).Select(move => (move.Move, string.Join(' ', move.ApartFrom))), Is.EqualTo([("approve", "2"), ("decline", "2")]));
    }

    [Test]
    public void TheSameMoveSentTwiceIsOne()
    {
        var (history, sent) = (Filed(), Move("decline", Li, ("reason", "no")));
        var first = CaseEngine.Decide(Table, history, sent, At);
        var after = history with { Moves = [.. history.Moves, first.Made!] };
        var again = CaseEngine.Decide(Table, after, sent, At.AddHours(1));
        Assert.That((first.IsNew, again.IsNew, again.Made), Is.EqualTo((true, false, first.Made)));
        var other = CaseEngine.Decide(Table, after, sent with { Carried = Properties.Of(("reason", PropertyValue.Of("never"))) }, At);
        Assert.That(other.Refusal!.Kind, Is.EqualTo(RefusalKind.Conflict), "another move under the key of one that was made");
    }

    [Test]
    public void WhoHasNotSeenTheLastMoveMovesNothing() =>
        Assert.That(Refusal(After(Filed(), Move("ask", Li, ("reason", "why?"))), Move("decline", Wang, ("reason", "no")) with { Seen = 1 }), Is.EqualTo(RefusalKind.Conflict));

    [TestCase("decline")]
    [TestCase("ask")]
    public void WhatMustBeSaidMustBeSaid(string move)
    {
        Assert.That(Refusal(Filed(), Move(move, Li)), Is.EqualTo(RefusalKind.Content));
        Assert.That(Refusal(Filed(), Move(move, Li, ("reason", "  "))), Is.EqualTo(RefusalKind.Content));
        Assert.That(Refusal(Filed(), Move(move, Li, ("reason", "so"), ("assignee", "wang"))), Is.EqualTo(RefusalKind.Content), "and nothing that it does not carry");
    }

    [Test]
    public void AHistoryAgainstTheTableIsToldByItsFirstWrongMove()
    {
        var filed = Filed();
        var skipped = filed with { Moves = [.. filed.Moves, new MadeMove(2, "answer", "FILED", "FILED", CasePart.Client, null, At, "x", Properties.None)] };
        Assert.That(skipped.Replay(Table).Fault, Does.Contain("move 2, 'answer'"));
        var gap = filed with { Moves = [.. filed.Moves, new MadeMove(3, "withdraw", "FILED", "WITHDRAWN", CasePart.Client, null, At, "x", Properties.None)] };
        Assert.That(gap.Replay(Table).Fault, Does.Contain("does not follow"));
    }

    private static CaseHistory Filed() => After(CaseHistory.Unopened(Parties), Move("apply", Client, ("contentHash", "0f")));

    private static string NextOf(CaseHistory history, Mover by) =>
        string.Join(' ', CaseEngine.Next(Table, history, by, NoOthers).Select(move => move.Refusal is { } refusal ? $"{move.Move}:{refusal.Kind}" : move.Move));

    private static MoveAsked Approve(Mover by, decimal amount, bool two = false) =>
        new MoveAsked("approve", by, Key(), Properties.Of(("amount", PropertyValue.Of(amount)), ("annualRate", PropertyValue.Of(0.06m)))) { Circumstances = two ? [ApplicationFacts.TwoPersons] : [] };

    private static MoveAsked Move(string move, Mover by, params (string Name, string Value)[] carried) =>
        new(move, by, Key(), Properties.Of(carried.Select(one => new Property(one.Name, PropertyValue.Of(one.Value)))));

    private static string Key() => FormattableString.Invariant($"key {++keys}");

    private static RefusalKind? Refusal(CaseHistory history, MoveAsked asked) => CaseEngine.Decide(Table, history, asked, At).Refusal?.Kind;

    private static CaseHistory After(CaseHistory history, params MoveAsked[] moves)
    {
        foreach (var asked in moves)
        {
            var decision = CaseEngine.Decide(Table, history, asked, At);
            Assert.That(decision.Refusal?.Reason, Is.Null);
            history = history with { Moves = [.. history.Moves, decision.Made!] };
        }

        return history;
    }

    [TestCase("li.wei", "li.wei ", true)]
    [TestCase("li.wei", "Li.Wei", true)]
    [TestCase("李伟", "李 伟", true)]
    [TestCase("ＬＩ", "li", true)]
    [TestCase("li.wei", "li.\u200Bwei\u2060", true)]
    [TestCase("li.wei", "li.wen", false)]
    public void OnePersonIsNotTwoByASlipOfTheFinger(string one, string other, bool isSame) =>
        Assert.That(Mover.Told(one) == Mover.Told(other), Is.EqualTo(isSame));
}
