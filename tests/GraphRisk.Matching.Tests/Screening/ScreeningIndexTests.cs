using System.Collections.Immutable;
using GraphRisk.Matching.Identifiers;
using GraphRisk.Matching.Names;
using GraphRisk.Matching.Screening;
using GraphRisk.Matching.Values;

namespace GraphRisk.Matching.Tests.Screening;

public sealed class ScreeningIndexTests
{
    private static readonly ScreeningIndex Lists = ScreeningIndex.Of(
    [
        new("1", NameKind.Person, ["Viktor Andreyevich Malinov", "Виктор Малинов"])
        {
            Days = [new(1961, 4, 12)], Countries = ["RU"], Identifiers = [IdentifierSchemes.ReadTagged("INN:773300112233")], Programme = "P-1", Lists = ["one"],
        },
        new("2", NameKind.Person, ["Viktor Malinov"]) { Days = [new(1984)], Countries = ["BG"] },
        new("3", NameKind.Organisation, ["Blue Heron Shipping Ltd", "蓝鹭航运有限公司"]) { Countries = ["CN"] },
        new("4", NameKind.Person, ["王建国"]) { Countries = ["CN"] },
        new("5", NameKind.Organisation, ["Harbour Fund II LP"]),
    ]);

    [TestCase("MALINOV, Viktor", "1")]
    [TestCase("Виктор Андреевич Малинов", "1")]
    [TestCase("Malynov Viktor Andreevich", "1")]
    [TestCase("Blue Heron Shipping Limited", "3")]
    [TestCase("Jianguo Wang", "4")]
    public void AnEntryIsFoundUnderEveryWritingOfItsNames(string name, string first) =>
        Assert.That(Ask(new ScreeningQuery(name))[0].Entry.Id, Is.EqualTo(first));

    [TestCase("Boris Petrov")]
    [TestCase("王建军")]
    [TestCase("Harbour Fund III LP")]
    [TestCase("Blue Heron Insurance Ltd")]
    [TestCase("---")]
    public void WhoIsNotOnTheListIsNotFound(string name) => Assert.That(Ask(new ScreeningQuery(name)), Is.Empty);

    [Test]
    public void WhatElseIsKnownTellsNamesakesApart()
    {
        var hits = Ask(new ScreeningQuery("Viktor Malinov", NameKind.Person) { Days = [new(1961, 4, 12)], Countries = ["RU"] });
        Assert.Multiple(() =>
        {
            Assert.That(hits.Select(hit => hit.Entry.Id), Is.EqualTo(new[] { "1", "2" }));
            Assert.That(hits[0].Probability, Is.GreaterThan(0.99));
            Assert.That(hits[1].Probability, Is.LessThan(0.5));
        });
    }

    [Test]
    public void AnIdentifierFindsWhoeverChangedTheName()
    {
        var hit = Ask(new ScreeningQuery("Pyotr Sidorov", NameKind.Person) { Identifiers = [IdentifierSchemes.ReadTagged("INN:7733 0011 2233")] }).Single();
        Assert.That((hit.Entry.Id, hit.Points.Single(point => point.Kind == ScreeningEvidence.Identifier).Points > 20), Is.EqualTo(("1", true)));
    }

    [Test]
    public void ThePointsAddUpToTheOddsAndSayWhatWasSeen()
    {
        var hit = Ask(new ScreeningQuery("Viktor Malinov", NameKind.Person) { Days = [new(1961)], Countries = ["RU", "CY"] })[0];
        Assert.Multiple(() =>
        {
            Assert.That(hit.Points.Select(point => point.Kind), Is.EqualTo(new[] { ScreeningEvidence.Prior, ScreeningEvidence.Name, ScreeningEvidence.Day, ScreeningEvidence.Country }));
            Assert.That(Math.Log2(hit.Probability / (1 - hit.Probability)), Is.EqualTo(hit.Points.Sum(point => point.Points)).Within(1e-9));
            Assert.That(hit.Points[2].Detail, Is.EqualTo("1961 / 1961-04-12"));
        });
    }

    [Test]
    public void EntriesOfOneListAreRivalsThoseOfTwoAreNot()
    {
        ListEntry[] entries = [new("1", NameKind.Person, ["Jane Roe"]) { Lists = ["a"] }, new("2", NameKind.Person, ["Jane Roe"]) { Lists = ["a"] }, new("3", NameKind.Person, ["Jane Roe"]) { Lists = ["b"] }];
        var hits = ScreeningIndex.Of(entries).Screen(new ScreeningQuery("Jane Roe", NameKind.Person), new ScreeningParameters { Prior = 0.9 });
        Assert.Multiple(() =>
        {
            Assert.That(hits.Where(hit => hit.Entry.List == "a").Sum(hit => hit.Probability), Is.LessThanOrEqualTo(1));
            Assert.That(hits[0].Entry.Id, Is.EqualTo("3"));
            Assert.That(hits[1].Points.Last().Kind, Is.EqualTo(ScreeningEvidence.Rival));
        });
    }

    [Test]
    public void WhoStandsOnTwoListsIsARivalOnBoth()
    {
        ListEntry[] entries = [new("1", NameKind.Person, ["Jane Roe"]) { Lists = ["a", "b"] }, new("2", NameKind.Person, ["Jane Roe"]) { Lists = ["b"] }];
        var hits = ScreeningIndex.Of(entries).Screen(new ScreeningQuery("Jane Roe", NameKind.Person), new ScreeningParameters { Prior = 0.9 });
        Assert.That(hits.Select(hit => hit.Points.Last().Kind), Is.All.EqualTo(ScreeningEvidence.Rival));
        Assert.That(hits.Sum(hit => hit.Probability), Is.LessThanOrEqualTo(1));
    }

    [TestCase("1961-04-12", "1961-04-12", 10, 20)]
    [TestCase("1961", "1961-04-12", 3, 8)]
    [TestCase("1961-12-04", "1961-04-12", 1, 8)]
    [TestCase("1961-04-13", "1961-04-12", 1, 8)]
    [TestCase("1975-09-30", "1961-04-12", -20, -3)]
    public void DaysWeighByHowFarTheyAgree(string asked, string listed, double least, double most)
    {
        var lists = ScreeningIndex.Of([new ListEntry("1", NameKind.Person, ["Jane Roe"]) { Days = [PartialDay.Parse(listed)!.Value] }]);
        var hit = lists.Screen(new ScreeningQuery("Jane Roe", NameKind.Person) { Days = [PartialDay.Parse(asked)!.Value] }, new ScreeningParameters()).Single();
        Assert.That(hit.Points.Single(point => point.Kind == ScreeningEvidence.Day).Points, Is.InRange(least, most));
    }

    [TestCase("1961-02-30")]
    [TestCase("1961-13")]
    [TestCase("61")]
    [TestCase("about 1961")]
    public void ADayThatIsNoneIsNotRead(string text) => Assert.That(PartialDay.Parse(text), Is.Null);

    [TestCase("Wei Zhang", "ZHANG Wei", 0.1, 0.6)]
    [TestCase("张伟", "张伟", 0.1, 0.6)]
    [TestCase("Mohammed Ali", "Mohammed ALI", 0, 0.6)]
    [TestCase("欧阳熠彤", "欧阳熠彤", 0.98, 1)]
    [TestCase("Tadeusz Wroblewicz", "WROBLEWICZ Tadeusz", 0.98, 1)]
    public void ACommonNameAloneIsDoubtfulHoweverShortTheListAndARareOneIsNot(string asked, string listed, double least, double most)
    {
        ListEntry[] others = [.. Enumerable.Range(0, 19).Select(at => new ListEntry($"other {at}", NameKind.Organisation, [$"Harbour Fund {at} LP"]))];
        var lists = ScreeningIndex.Of([new ListEntry("it", NameKind.Person, [listed]), .. others]);
        Assert.That(lists.Screen(new ScreeningQuery(asked, NameKind.Person), new ScreeningParameters()).Single().Probability, Is.InRange(least, most));
        var day = new PartialDay(1971, 3, 9);
        lists = ScreeningIndex.Of([new ListEntry("it", NameKind.Person, [listed]) { Days = [day] }, .. others]);
        Assert.That(lists.Screen(new ScreeningQuery(asked, NameKind.Person) { Days = [day] }, new ScreeningParameters()).Single().Probability, Is.GreaterThan(0.95), "with its day of birth");
    }

    [Test]
    public void NoAliasIsLostOnEitherSide()
    {
        ImmutableArray<string> aliases = [.. "Arkhel Bodrin Cavdar Drenko Elvis Fjodrun Grizham Holvek Istrak Jembol Kuvrin Lomzar Mavrun Nadrok Ostvil Prezhan Quovar Rubinek Sturvik Tavlan Urmek Vostrin Wexlar Xandir Yorvik Zebrun Aglor Belvin Corvax Dumrik".Split(' ').Select(word => $"{word} Halvorin")];
        var lists = ScreeningIndex.Of([new ListEntry("1", NameKind.Person, aliases), new ListEntry("2", NameKind.Person, ["Jane Roe"])]);
        Assert.That(aliases.Where(name => lists.Screen(new ScreeningQuery(name), new ScreeningParameters()) is not [{ Entry.Id: "1" }, ..]), Is.Empty);
        lists = ScreeningIndex.Of([new ListEntry("1", NameKind.Person, ["Dumrik Halvorin"])]);
        Assert.That(lists.Screen(new ScreeningQuery("Jane Roe", NameKind.Person) { OtherNames = aliases }, new ScreeningParameters()).Single().Name, Is.EqualTo("Dumrik Halvorin"));
    }

    [Test]
    public void AnEntryOfTheSamePartyIsCertainWhateverItIsCalled()
    {
        var query = new ScreeningQuery("Jane Roe", NameKind.Person) { Days = [new(1999, 1, 2)], SameAs = "1" };
        var hit = Ask(query).Single();
        Assert.That((hit.Entry.Id, hit.Probability), Is.EqualTo(("1", 1.0)));
        Assert.That(hit.Points.Select(point => point.Kind), Does.Contain(ScreeningEvidence.Party));
    }

    [Test]
    public void OfSeveralDaysThoseThatAgreeBestCount()
    {
        var hit = Ask(new ScreeningQuery("Viktor Malinov", NameKind.Person) { Days = [new(1950), new(1961, 4)] })[0];
        Assert.That(hit.Points.Single(point => point.Kind == ScreeningEvidence.Day).Detail, Is.EqualTo("1961-04 / 1961-04-12"));
    }

    [Test]
    public void OnlyWhatIsNewIsNews()
    {
        var before = Lists.Entries;
        var now = before.RemoveAt(4).Replace(before[1], before[1] with { Days = [new(1984, 2)] }).Replace(before[0], before[0] with { Names = [.. before[0].Names.Reverse()] })
            .Add(new ListEntry("6", NameKind.Person, ["Jane Roe"]));
        var changes = ListChanges.Between(before, now);
        Assert.Multiple(() =>
        {
            Assert.That(changes.Added, Is.EqualTo(new[] { "6" }));
            Assert.That(changes.Changed, Is.EqualTo(new[] { "2" }));
            Assert.That(changes.Removed, Is.EqualTo(new[] { "5" }));
            Assert.That(ScreeningIndex.Of(now).Screen(new ScreeningQuery("Viktor Malinov"), new ScreeningParameters(), changes.IsNews).Single().Entry.Id, Is.EqualTo("2"));
        });
    }

    private static ImmutableArray<ScreeningHit> Ask(ScreeningQuery query) => Lists.Screen(query, new ScreeningParameters());
}
