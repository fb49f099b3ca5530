using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Resolution;
using GraphRisk.Intake.Resolution.Ledger;
using GraphRisk.Intake.Resolution.Review;
using GraphRisk.Intake.Tests.Import;
using static GraphRisk.Intake.Tests.Resolution.ResolutionBench;

namespace GraphRisk.Intake.Tests.Resolution;

public sealed class ReviewsTests
{
    private const string Id = "residentId=360426199101010071";

    [Test]
    public async Task RevokingAMergeTakesTheClientApartForGood()
    {
        var bench = new ResolutionBench();
        await bench.AddAsync(Person("a", "name=张伟", Id), Person("b", "name=张伟", Id));
        await bench.ResolveAsync();
        await bench.RevokeAsync("a", "b");
        Assert.That(await bench.GroupsAsync(), Is.Empty);
        await bench.ResolveAsync();
        await bench.ResolveAfreshAsync();
        Assert.That(await bench.GroupsAsync(), Is.Empty, "a person's word beats any rule");
        var judgement = (await bench.JudgementsAsync()).Single();
        Assert.That((judgement.Verdict, judgement.Judge, judgement.ByPerson), Is.EqualTo((Verdict.NoMatch, "wang", true)));
    }

    [Test]
    public async Task RevokingTheBridgeSplitsTheChain()
    {
        var bench = new ResolutionBench();
        // a-b by telephone, b-c by address, c-d by number: only b-c holds the halves together.
        await bench.AddAsync(
            Person("a", "name=张伟", "phone=13800138001"),
            Person("b", "name=张伟", "phone=13800138001", "address=上海市世纪大道100号"),
            Person("c", "name=张伟", "address=上海市世纪大道100号", Id),
            Person("d", "name=张伟", Id));
        await bench.ResolveAsync();
        Assert.That(await bench.GroupsAsync(), Is.EqualTo("a+b+c+d"));
        await bench.RevokeAsync("b", "c");
        Assert.That(await bench.GroupsAsync(), Is.EqualTo("a+b c+d"));
        await bench.ResolveAsync();
        Assert.That(await bench.GroupsAsync(), Is.EqualTo("a+b c+d"));
    }

    [Test]
    public async Task TellingTwoApartAlsoUndoesTheWayRoundOverAThird()
    {
        var bench = new ResolutionBench();
        await bench.AddAsync(Person("a", "name=张伟", Id), Person("b", "name=张伟", Id), Person("c", "name=张伟", "birthDate=1991-01-01"));
        await bench.ResolveAsync();
        var outcome = await bench.RevokeAsync("a", "b");
        Assert.That(await bench.GroupsAsync(), Is.EqualTo("a+c"), "of two equal matches with the third the earlier stands");
        Assert.That(outcome.SetAside, Is.EqualTo(1));
        var aside = await bench.JudgementAsync(PersonId("b"), PersonId("c"));
        Assert.That(aside!.Reasons[0], Does.Contain("a person judged Person/test:a and Person/test:b different"));
        await bench.ResolveAfreshAsync();
        Assert.That(await bench.GroupsAsync(), Is.EqualTo("a+c"));
    }

    [Test]
    public async Task TakingBackAPersonsNoLetsTheRulesJoinAgain()
    {
        var bench = new ResolutionBench();
        await bench.AddAsync(Person("a", "name=张伟", Id), Person("b", "name=张伟", Id), Person("c", "name=张伟", "birthDate=1991-01-01"));
        await bench.ResolveAsync();
        await bench.RevokeAsync("a", "b");
        var outcome = await bench.RevokeAsync("a", "b");
        Assert.That(outcome.Restored, Is.EqualTo(1));
        await bench.ResolveAsync();
        Assert.That(await bench.GroupsAsync(), Is.EqualTo("a+b+c"));
        Assert.That((await bench.JudgementsAsync()).Select(judgement => judgement.ByPerson), Has.None.True);
    }

    [Test]
    public async Task APersonJoinsWhatTheRulesTellApart()
    {
        var bench = new ResolutionBench();
        await bench.AddAsync(
            Person("a", "name=张伟", "phone=13800138001", Id), Person("b", "name=张伟", "phone=13800138001", "residentId=11010519491231002X"));
        await bench.ResolveAsync();
        await bench.JudgeAsync("b", "a", Verdict.Match);
        Assert.That(await bench.GroupsAsync(), Is.EqualTo("a+b"));
        await bench.ResolveAsync();
        Assert.That(await bench.GroupsAsync(), Is.EqualTo("a+b"));
        await bench.RevokeAsync("a", "b");
        Assert.That(await bench.GroupsAsync(), Is.Empty);
    }

    [Test]
    public async Task WhatTheRulesToldApartCannotBeRevokedOnlyJudged()
    {
        var bench = new ResolutionBench();
        await bench.AddAsync(
            Person("a", "name=张伟", "phone=13800138001", Id), Person("b", "name=张伟", "phone=13800138001", "residentId=11010519491231002X"));
        await bench.ResolveAsync();
        Assert.That(() => bench.RevokeAsync("a", "b"), Refused(ReviewRefusal.NothingToRevoke));
    }

    [Test]
    public async Task TheLedgerKeepsWhatWasKnownBefore()
    {
        var bench = new ResolutionBench();
        await bench.AddAsync(Person("a", "name=张伟", Id), Person("b", "name=张伟", Id));
        var before = (await bench.ResolveAsync()).Version.Number;
        await bench.RevokeAsync("a", "b");
        var clusters = await Clusters.ReadAsync(bench.Store.ReadAsync(ReadScope.All(before) with { Types = ["SAME_AS"] }));
        Assert.That(clusters.ClusterOf(PersonId("b")), Is.EqualTo(clusters.ClusterOf(PersonId("a"))).And.GreaterThanOrEqualTo(0));
    }

    [Test]
    public async Task WhatCannotBeFiledIsRefusedAndChangesNothing()
    {
        var bench = new ResolutionBench();
        await bench.AddAsync(Person("a", "name=张伟"), Person("b", "name=张伟"), Person("c", "name=张伟"), Company("x", "name=华信有限公司"));
        await bench.JudgeAsync("a", "b", Verdict.Match);
        await bench.JudgeAsync("b", "c", Verdict.Match);
        var version = await bench.Store.GetVersionAsync();
        Assert.Multiple(() =>
        {
            Assert.That(() => bench.JudgeAsync("a", "c", Verdict.NoMatch), Refused(ReviewRefusal.Conflict));
            Assert.That(() => bench.RevokeAsync("a", "c"), Refused(ReviewRefusal.NothingToRevoke));
            Assert.That(() => bench.JudgeAsync("a", "nobody", Verdict.Match), Refused(ReviewRefusal.UnknownParty));
            Assert.That(() => bench.JudgeAsync("a", "a", Verdict.Match), Refused(ReviewRefusal.NotComparable));
            Assert.That(
                () => bench.Reviews.JudgeAsync(PersonId("a"), CompanyId("x"), Verdict.Match, "wang", "", bench.NextInstant()),
                Refused(ReviewRefusal.NotComparable));
        });
        Assert.That(await bench.Store.GetVersionAsync(), Is.EqualTo(version));
    }

    [Test]
    public async Task TwoReviewersDoNotOverwriteEachOther()
    {
        var store = new MemoryStore();
        var bench = new ResolutionBench(store: store);
        await bench.AddAsync(Person("a", "name=张伟"), Person("b", "name=张伟"));
        store.BeforeAppend = _ =>
        {
            store.BeforeAppend = null;
            bench.Reviews.JudgeAsync(PersonId("a"), PersonId("b"), Verdict.NoMatch, "li", "two births", bench.NextInstant()).Wait();
        };
        Assert.That(() => bench.JudgeAsync("a", "b", Verdict.Match), Refused(ReviewRefusal.Conflict), "li was first");
        var standing = await bench.JudgementAsync(PersonId("a"), PersonId("b"));
        Assert.That((standing!.Judge, standing.Verdict), Is.EqualTo(("li", Verdict.NoMatch)));
        await bench.JudgeAsync("a", "b", Verdict.Match);
        Assert.That(await bench.GroupsAsync(), Is.EqualTo("a+b"), "who has seen li's judgement may replace it");
    }

    [Test]
    public async Task WhatOthersWriteOfOthersStopsNobody()
    {
        var store = new MemoryStore();
        var bench = new ResolutionBench(store: store);
        await bench.AddAsync(Person("a", "name=张伟"), Person("b", "name=张伟"));
        store.BeforeAppend = _ =>
        {
            store.BeforeAppend = null;
            bench.AddAsync(Person("c", "name=李娜")).Wait();
        };
        await bench.JudgeAsync("a", "b", Verdict.Match);
        Assert.That(await bench.GroupsAsync(), Is.EqualTo("a+b"));
    }

    [Test]
    public async Task WhatAPersonSaidOfARecordHoldsWhenItGoesAndComesAgain()
    {
        var bench = new ResolutionBench();
        var gone = Person("b", "name=张伟", Id);
        await bench.AddAsync(Person("a", "name=张伟", Id), gone);
        await bench.ResolveAsync();
        await bench.RevokeAsync("a", "b");
        await bench.RetractAsync(gone);
        var afresh = new Resolver(bench.Store, bench.Options);
        await afresh.ResolveAsync(bench.NextInstant());
        await bench.AddAsync(Person("b", "name=张伟", Id, "since=2020-01-01"));
        await afresh.ResolveAsync(bench.NextInstant());
        Assert.That(await bench.GroupsAsync(), Is.Empty, "the run that began without the record knows the verdict on it");
    }

    [Test]
    public async Task ARunThatWritesWhileAPersonJudgesDoesNotWriteOverThePerson()
    {
        var store = new MemoryStore();
        var bench = new ResolutionBench(store: store);
        await bench.AddAsync(Person("a", "name=张伟", Id), Person("b", "name=张伟", Id), Person("c", "name=张伟", Id));
        store.BeforeAppend = _ =>
        {
            store.BeforeAppend = null;
            bench.JudgeAsync("a", "b", Verdict.NoMatch).Wait();
        };
        var summary = await bench.ResolveAsync();
        Assert.That(await bench.GroupsAsync(), Is.EqualTo("a+c"), "b stays apart from a, whichever way round");
        Assert.That(summary.Asserted, Is.EqualTo(2));
        Assert.That(await bench.ResolveAfreshAsync(), Has.Property("Asserted").Zero.And.Property("Retracted").Zero);
    }

    [Test]
    public async Task RecordsThatComeWhileARunWritesAreForTheNext()
    {
        var store = new MemoryStore();
        var bench = new ResolutionBench(store: store);
        await bench.AddAsync(Person("a", "name=张伟", Id), Person("b", "name=张伟", Id));
        store.BeforeAppend = _ =>
        {
            store.BeforeAppend = null;
            bench.AddAsync(Person("c", "name=张伟", Id)).Wait();
        };
        await bench.ResolveAsync();
        Assert.That(await bench.GroupsAsync(), Is.EqualTo("a+b"));
        await bench.ResolveAsync();
        Assert.That(await bench.GroupsAsync(), Is.EqualTo("a+b+c"));
    }

    [Test]
    public async Task AJudgementThatNamesItsRecordsTheOtherWayRoundIsReplacedAndNotDoubled()
    {
        var bench = new ResolutionBench();
        await bench.AddAsync(Person("a", "name=张伟", Id), Person("b", "name=张伟", Id));
        var turned = new Judgement(PersonId("b"), PersonId("a"), Verdict.Match, 0.99m, "an older version", ["same-name"], ByPerson: false);
        await bench.Store.AppendAsync(new ChangeSet("old", bench.NextInstant(), "resolution", [Change.Assert(JudgementFacts.ToFact(turned))]));
        await bench.ResolveAsync();
        Assert.That((await bench.JudgementsAsync()).ConvertAll(judgement => (judgement.Left, judgement.Right)), Is.EqualTo(new[] { (PersonId("a"), PersonId("b")) }));
        await bench.RevokeAsync("a", "b");
        Assert.That(await bench.GroupsAsync(), Is.Empty);
    }

    [Test]
    public async Task WhoLookedBeforeAnotherJudgedIsTold()
    {
        var bench = new ResolutionBench();
        await bench.AddAsync(Person("a", "name=张伟"), Person("b", "name=张伟"));
        var looked = bench.NextInstant();
        await bench.JudgeAsync("a", "b", Verdict.NoMatch);
        Assert.That(
            () => bench.Reviews.JudgeAsync(PersonId("a"), PersonId("b"), Verdict.Match, "li", "one birth", bench.NextInstant(), looked),
            Refused(ReviewRefusal.Conflict));
        Assert.That(
            () => bench.Reviews.RevokeAsync(PersonId("a"), PersonId("b"), "li", "one birth", bench.NextInstant(), looked),
            Refused(ReviewRefusal.Conflict));
        await bench.Reviews.JudgeAsync(PersonId("a"), PersonId("b"), Verdict.Match, "li", "one birth", bench.NextInstant(), bench.NextInstant());
        Assert.That(await bench.GroupsAsync(), Is.EqualTo("a+b"));
    }

    private static NUnit.Framework.Constraints.EqualConstraint<ReviewRefusal> Refused(ReviewRefusal refusal) =>
        Throws.TypeOf<ReviewRefusedException>().With.Property(nameof(ReviewRefusedException.Refusal)).EqualTo(refusal);
}
