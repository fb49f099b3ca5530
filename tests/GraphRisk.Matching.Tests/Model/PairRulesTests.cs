using GraphRisk.Matching.Identifiers;
using GraphRisk.Matching.Linkage;
using GraphRisk.Matching.Records;
using GraphRisk.Matching.Tests.Linkage;

namespace GraphRisk.Matching.Tests.Model;

/// <summary>What holds of two records whatever their comparisons add up to: each rule in a table in which everything else speaks the other way.</summary>
public sealed class PairRulesTests
{
    private static readonly (string, AttributeKind)[] Columns =
    [
        ("name", AttributeKind.PersonName), ("born", AttributeKind.BirthDate), ("address", AttributeKind.Address), ("email", AttributeKind.Email), ("number", AttributeKind.Identifier),
    ];

    private static readonly string First = Resident("11010119800307801"), Second = Resident("31010519751224022");

    [Test]
    public void OneNumberOfARegisterIsOneParty()
    {
        var result = Run(["anna miller", "1980-03-07", "1 high st", "", First], ["berta cooper", "1975-12-24", "9 low rd", "", First]);
        Assert.That(result.ClusterOf[^1], Is.EqualTo(result.ClusterOf[^2]));
        Assert.That(Step(result, "number"), Is.GreaterThan(0));
    }

    [Test]
    public void TwoValidNumbersOfARegisterAreTwoParties()
    {
        var result = Run(["anna miller", "1980-03-07", "1 high st", "anna@miller.org", First], ["anna miller", "1980-03-07", "1 high st", "anna@miller.org", Second]);
        Assert.That(result.ClusterOf[^1], Is.Not.EqualTo(result.ClusterOf[^2]));
        Assert.That(Step(result, "number"), Is.LessThan(0));
    }

    /// <summary>A number that fails its check is no number of the register, so it parts nobody.</summary>
    [Test]
    public void ANumberThatFailsItsCheckPartsNobody()
    {
        var result = Run(["anna miller", "1980-03-07", "1 high st", "anna@miller.org", First], ["anna miller", "1980-03-07", "1 high st", "anna@miller.org", First[..^1] + (First[^1] == '1' ? '2' : '1')]);
        Assert.That(result.ClusterOf[^1], Is.EqualTo(result.ClusterOf[^2]));
    }

    [Test]
    public void NumbersOfAColumnThatContradictsItselfLinkNobody()
    {
        var result = Run(["anna miller", "1980-03-07", "1 high st", "", "4711"], ["berta cooper", "1975-12-24", "9 low rd", "", "4711"]);
        Assert.That(result.ClusterOf[^1], Is.Not.EqualTo(result.ClusterOf[^2]));
    }

    [TestCase("john smith sr", "john smith jr", false)]
    [TestCase("morris klein i", "morris klein ii", false)]
    [TestCase("john smith", "john smith jr", true)]
    [TestCase("john smith junior", "john smith jr", true)]
    public void GenerationsThatDifferAreTwoAndAnAbsentOneSaysNothing(string left, string right, bool together)
    {
        var result = Run([left, "1980-03-07", "1 high st", "smith1980@home.org", ""], [right, "1980-03-07", "1 high st", "smith1980@home.org", ""]);
        Assert.That(result.ClusterOf[^1] == result.ClusterOf[^2], Is.EqualTo(together));
    }

    [Test]
    public void TwinsAreNotOneAndTheReasonIsAStep()
    {
        var result = Run(["mark cooper", "1997-09-28", "1304 poppy hills", "cooper@home.org", ""], ["marsha cooper", "1997-09-28", "1304 poppy hills", "cooper@home.org", ""]);
        Assert.That(result.ClusterOf[^1], Is.Not.EqualTo(result.ClusterOf[^2]));
        Assert.That(Step(result, "names"), Is.LessThan(0));
        Assert.That(result.Explain(result.ClusterOf.Length - 2, result.ClusterOf.Length - 1).Probability, Is.InRange(0.02, 0.2));
    }

    [Test]
    public void AMailboxOfAnOfficeIsNobodys()
    {
        var result = Run(["andrew cooper", "", "", "info@state.gov", ""], ["andy cooper", "", "", "info@state.gov", ""]);
        Assert.That(result.ClusterOf[^1], Is.Not.EqualTo(result.ClusterOf[^2]));
        Assert.That(Step(result, "mailbox"), Is.LessThan(0));
    }

    /// <summary>A third record without a birth date is not what puts father and son together.</summary>
    [Test]
    public void FatherAndSonOfOneNameStayApart()
    {
        var result = Run(["john cooper", "1970-10-10", "3212 w 32 st", "", ""], ["john cooper", "1994-03-15", "3212 w 32 st", "", ""], ["john cooper", "", "3212 w 32 st", "", ""]);
        Assert.That(result.ClusterOf[^3], Is.Not.EqualTo(result.ClusterOf[^2]));
    }

    [Test]
    public void TheStepsOfEveryPairAddUp()
    {
        var result = Run(["anna miller", "1980-03-07", "1 high st", "info@miller.org", First], ["anne miller jr", "1980-03-07", "1 high st", "info@miller.org", Second]);
        var count = result.ClusterOf.Length;
        for (var left = 0; left < count; left++)
            for (var right = Math.Max(left + 1, count - 4); right < count; right++)
                Assert.That(result.Explain(left, right).Steps.Sum(step => step.Bits), Is.EqualTo(result.Explain(right, left).Bits).Within(1e-9));
    }

    private static double Step(LinkageResult result, string name) =>
        result.Explain(result.ClusterOf.Length - 2, result.ClusterOf.Length - 1).Steps.Where(step => step.Name == name && step.Left.Length == 0).Sum(step => step.Bits);

    /// <summary>Matches the rows behind two hundred people, some of whom are there twice.</summary>
    private static LinkageResult Run(params string[][] rows)
    {
        var (people, _) = SmallTables.People(200, seed: 3);
        var others = Enumerable.Range(0, people.Count).Select(record =>
        {
            string Cell(int column) => people.Attributes[column].Of(record) is [var value, ..] ? people.Attributes[column].Texts[value] : "";
            return new[] { $"{Cell(0)} {Cell(1)}".Trim(), Cell(2), Cell(3), record % 3 == 0 ? $"{Cell(1)}{record}@mail.org" : "", record % 7 == 0 ? $"N{record}77" : "" };
        });
        return new LinkageRun(SmallTables.Of(Columns, [.. others, .. rows])).Run();
    }

    private static string Resident(string body) => body + ResidentIdentity.CheckCharacter(body);
}
