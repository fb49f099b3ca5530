using System.Collections.Immutable;
using System.Globalization;
using GraphRisk.Graph.Facts;
using GraphRisk.Market.Lending;
using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Texts;
using GraphRisk.TestKit;
using GraphRisk.Workflow.Admission;
using GraphRisk.Workflow.Concentration;
using GraphRisk.Workflow.Exposure;

namespace GraphRisk.Workflow.Tests.Admission;

/// <summary>Applications worked by hand in <c>applications.txt</c>.</summary>
public sealed class WorkedApplicationsTests
{
    private const string Base = "product=MARGIN asked=1000000 term=180 assets=2000000 since=2020-01-01 defaults=0 listings=0 share=0 affiliate=no pd=0.004 guarantor= "
        + "capital=100000000 owed=0 own=0 margin-debt=0 securing=none broker-debt=0 complete=yes collateral=100000@30*0.65 outstanding=10000000 at-broker=0 pledged=0 in-market=? first=yes held=? encumbered=0";

    private static readonly DateOnly AsOf = new(2024, 6, 30);
    private static readonly AdmissionAdvisor Advisor = new(new AdmissionPolicy(), new ConcentrationRules());

    private static IEnumerable<TestCaseData> Worked() =>
        File.ReadLines(Repository.PathOf("tests", "GraphRisk.Workflow.Tests", "Admission", "applications.txt"))
            .Where(line => line.Length > 0 && line[0] != '#').Select(line => new TestCaseData(line).SetArgDisplayNames(line.Split('|')[0]));

    [TestCaseSource(nameof(Worked))]
    public void IsAdvisedAsWorkedByHand(string row)
    {
        var cells = row.Split('|');
        var asked = Read(cells[0]);
        var advice = Advisor.Advise(asked);
        var changes = SmallestChanges.Of(Advisor, asked);
        Assert.Multiple(() =>
        {
            Assert.That(advice.Advice.ToString(), Is.EqualTo(cells[1]));
            Assert.That(string.Join(' ', advice.Checks.Where(check => check.Passed != true).Select(check => check.Name)), Is.EqualTo(cells[2]));
            Assert.That(advice.CreditLine, Is.EqualTo(decimal.Parse(cells[3], CultureInfo.InvariantCulture)));
            Assert.That(advice.AnnualRate, Is.EqualTo(decimal.Parse(cells[4], CultureInfo.InvariantCulture)));
            Assert.That(string.Join("; ", changes.Select(Show)), Is.EqualTo(cells[5]));
            Assert.That(string.Join("; ", advice.Conditions.Select(condition => $"{condition.Name} {condition.Figures[0].Value}")), Is.EqualTo(cells.ElementAtOrDefault(6) ?? ""));
            Assert.That(advice.NeedsSecondPerson, Is.EqualTo(advice.CreditLine >= 5_000_000m));
        });
    }

    [TestCaseSource(nameof(Worked))]
    public void TheSmallestChangeSufficesAndNothingSmallerOfItsKindDoes(string row)
    {
        var asked = Read(row.Split('|')[0]);
        foreach (var change in SmallestChanges.Of(Advisor, asked))
        {
            Assert.That(change.Then.Advice, Is.EqualTo(AdmissionAdvice.Admit), Show(change));
            if (Made(asked, change) is not { } made) continue;
            Assert.That(Advisor.Advise(made.Change).Advice, Is.EqualTo(AdmissionAdvice.Admit), Show(change));
            Assert.That(Advisor.Advise(made.Less).Advice, Is.Not.EqualTo(AdmissionAdvice.Admit), Show(change));
        }
    }

    [Test]
    public void EveryTextIsThereInBothLanguages([Values] Language language)
    {
        var words = AdmissionText.In(language);
        foreach (var asked in Worked().Select(row => Read(((string)row.Arguments[0]!).Split('|')[0])))
        {
            var advice = Advisor.Advise(asked);
            string[] texts = [.. advice.Checks.Select(words.TitleOf), .. advice.Checks.Select(words.Of), .. advice.Limits.Select(words.Of), .. advice.Conditions.Select(words.Of), .. SmallestChanges.Of(Advisor, asked).Select(words.Of)];
            Assert.That(texts, Has.All.Not.Empty.And.All.Not.Contain("{"));
            if (language == Language.Chinese) Assert.That(texts, Has.All.Matches<string>(text => text.Any(letter => letter > '\u4e00')));
        }
    }

    [Test]
    public void BothCataloguesHaveTheSameKeys() => Assert.That(
        TextCatalogue.Of(typeof(AdmissionText).Assembly, "admission", Language.Chinese).Keys,
        Is.EquivalentTo(TextCatalogue.Of(typeof(AdmissionText).Assembly, "admission", Language.English).Keys));

    /// <summary>The case with a change made, and with one step less of it; null for the other share, which is made up by the search: the worked figures hold it.</summary>
    private static (AdmissionCase Change, AdmissionCase Less)? Made(AdmissionCase asked, AdmissionChange change)
    {
        var (step, facts, grades) = (Advisor.Policy.LineStep, asked.Facts, GradeTable.Standard.Grades);
        return change.Lever switch
        {
            AdmissionLever.SmallerLine => (Asking(change.Amount!.Value), Asking(change.Amount.Value + step)),
            AdmissionLever.LargerLine => (Asking(change.Amount!.Value), Asking(change.Amount.Value - step)),
            AdmissionLever.ShorterTerm => (Until(change.Day!.Value), Until(change.Day.Value.AddDays(1))),
            AdmissionLever.MoreCollateral => (Bringing(change.Quantity!.Value), facts.Collateral[0].Quantity < change.Quantity ? Bringing(change.Quantity.Value - SmallestChanges.Lot) : asked),
            AdmissionLever.LessCollateral => (Offering(one => one with { Quantity = change.Quantity!.Value }), Offering(one => one with { Quantity = change.Quantity!.Value + SmallestChanges.Lot })),
            AdmissionLever.MoreAssets => (Having(change.Amount!.Value), Having(change.Amount.Value - step)),
            AdmissionLever.Wait => (asked with { AsOf = change.Day!.Value }, asked with { AsOf = change.Day.Value.AddDays(-1) }),
            AdmissionLever.BetterGuarantor => (Guaranteed(0), Guaranteed(1)),
            _ => null,
        };

        AdmissionCase Asking(decimal amount) => asked with { Application = asked.Application with { Amount = amount } };
        AdmissionCase Until(DateOnly day) => asked with { Application = asked.Application with { TermInDays = day.DayNumber - asked.AsOf.DayNumber } };
        AdmissionCase Having(decimal more) => asked with { Facts = facts with { AverageAssets = (facts.AverageAssets ?? 0m) + more } };
        AdmissionCase Guaranteed(int worse) => asked with { Guarantor = grades.SkipWhile(grade => grade.Name != change.Grade).Skip(worse).First() };
        AdmissionCase Bringing(decimal quantity) => Offering(one => one with { Quantity = quantity, Held = one.Free, Encumbered = 0m });
        AdmissionCase Offering(Func<OfferedCollateral, OfferedCollateral> with) => asked with
        {
            Facts = facts with
            {
                Collateral =
                [
                    .. facts.Collateral.Select(one => one.Security != change.Security ? one : with(one))
                        .Where(one => one.Quantity > 0),
                ],
            },
        };
    }

    private static string Show(AdmissionChange change) => string.Create(
        CultureInfo.InvariantCulture, $"{change.Lever} {change.Grade ?? change.Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? (change.Quantity ?? change.Amount)?.ToString("0.##", CultureInfo.InvariantCulture)}");

    private static AdmissionCase Read(string changes)
    {
        var fields = $"{Base} {changes}".Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(field => field.Split('=', 2))
            .GroupBy(field => field[0], field => field[1]).ToDictionary(group => group.Key, group => group.Last());
        var probability = double.Parse(fields["pd"], CultureInfo.InvariantCulture);
        var client = new NodeId("Person", "new");
        ImmutableArray<NodeId> Ids(string field) => [.. Enumerable.Range(0, int.Parse(fields[field], CultureInfo.InvariantCulture)).Select(i => new NodeId("Listing", $"{field}-{i}"))];
        decimal? Number(string field) => fields[field] is "?" or "" ? null : decimal.Parse(fields[field], CultureInfo.InvariantCulture);
        return new AdmissionCase(
            new FinancingApplication
            {
                Product = Enum.Parse<ContractKind>(fields["product"], ignoreCase: true),
                Amount = Number("asked"),
                TermInDays = (int?)Number("term"),
                ShareOfBroker = Number("share"),
                IsAffiliateOfBroker = fields["affiliate"] == "?" ? null : fields["affiliate"] == "yes",
            },
            new AdmissionFacts(Number("assets"), fields["since"] == "?" ? null : DateOnly.ParseExact(fields["since"], "yyyy-MM-dd", CultureInfo.InvariantCulture), Ids("defaults"), Ids("listings"))
            {
                Collateral = fields["collateral"] == "none" ? [] : [Offered(fields["collateral"])],
                MarginDebt = Number("margin-debt")!.Value,
                Securing = fields["securing"] == "none" ? [] : [Offered(fields["securing"])],
                KnowsMarket = Number("in-market") is not null,
                BrokerDebt = Number("broker-debt")!.Value,
                IsFirstPledge = fields["first"] == "yes",
            },
            new ClientRisk(client, 700, GradeTable.Standard.Of(probability) is { Name: "C" } && probability == 1 ? GradeTable.Standard.Grades[^1] : GradeTable.Standard.Of(probability), probability, 4),
            new LinkedExposureAnswer(0, 1, Owing(1, "own"), [new LinkedPartyExposure(Owing(2, "owed"), 1, [])], Number("capital"), fields["complete"] == "yes"),
            AsOf)
        {
            Guarantor = fields["guarantor"].Length == 0 ? null : GradeTable.Standard.Grades.Single(grade => grade.Name == fields["guarantor"]),
        };

        PartyExposure Owing(int party, string field) =>
            new(party, [new Contract(9, ContractKind.Margin, ContractStatus.Open, new Coverage(0m, Number(field)!.Value), null, null, null, null)]);

        // 100000@30*0.65 is that many at that close with that haircut; ! suspended.
        OfferedCollateral Offered(string text)
        {
            var parts = text.TrimEnd('!').Split('@', '*');
            decimal? close = parts[1] == "?" ? null : decimal.Parse(parts[1], CultureInfo.InvariantCulture);
            return new OfferedCollateral(new NodeId("Security", "600000.SH"), decimal.Parse(parts[0], CultureInfo.InvariantCulture), close, decimal.Parse(parts[2], CultureInfo.InvariantCulture))
            {
                IsSuspended = text.EndsWith('!'),
                Outstanding = Number("outstanding"),
                AtBroker = Number("at-broker")!.Value,
                PledgedAtBroker = Number("pledged")!.Value,
                PledgedInMarket = Number("in-market"),
                Held = Number("held") ?? decimal.Parse(parts[0], CultureInfo.InvariantCulture),
                Encumbered = Number("encumbered")!.Value,
            };
        }
    }
}
