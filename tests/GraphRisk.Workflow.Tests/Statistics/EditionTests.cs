using GraphRisk.Disclosure.Rules;
using GraphRisk.Graph.Facts;
using GraphRisk.Market.Lending;
using GraphRisk.Scoring.Scores;
using GraphRisk.TestKit;
using GraphRisk.Workflow.Market;
using GraphRisk.Workflow.Statistics;

namespace GraphRisk.Workflow.Tests.Statistics;

public sealed class EditionTests
{
    private static readonly Dictionary<int, ScoreLine> NoScores = [];

    [Test]
    public void WhatIsToldIsMadeUpByThreeBrokersAndTenClientsNoneOfWhichDominates()
    {
        var told = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            var contracts = new ContractTable(DrawnEconomy.Draw(seed));
            foreach (var row in Edition.Of(contracts, NoScores, DisclosureLimits.Default))
                foreach (var (kind, figure) in (ReadOnlySpan<(ContractKind?, decimal?)>)
                    [(null, row.Figures.Debt), (ContractKind.Margin, row.Figures.MarginDebt), (ContractKind.Pledge, row.Figures.PledgeDebt), (ContractKind.Repo, row.Figures.RepoDebt)])
                {
                    if (figure is not { } value) continue;
                    told++;
                    var parts = PartsOf(contracts, row, kind).ToList();
                    var text = $"seed {seed}: {row.Figures.Key} {kind}";
                    foreach (var (by, fewest) in (ReadOnlySpan<(Func<(int Broker, int Client, decimal Debt), int>, int)>)[(part => part.Broker, 3), (part => part.Client, 10)])
                    {
                        var sums = parts.GroupBy(by).Select(group => group.Sum(part => part.Debt)).OrderDescending().ToList();
                        Assert.That(sums, Has.Count.GreaterThanOrEqualTo(fewest), text);
                        Assert.That(sums[0] / sums.Sum(), Is.LessThanOrEqualTo(0.70m), text);
                    }

                    var brokers = parts.GroupBy(part => part.Broker).Select(group => group.Sum(part => part.Debt)).OrderDescending().ToList();
                    Assert.That(brokers.Skip(2).Sum(), Is.GreaterThan(0.10m * brokers[0]), text);
                    Assert.That(value, Is.EqualTo(SignificantDigits.Round(parts.Sum(part => part.Debt), 3)), text);
                }
        }

        Assert.That(told, Is.GreaterThan(100), "an edition that tells nothing is no art");
    }

    [Test]
    public void ATotalNeverGivesBackTheOneJurisdictionThatIsLeftOut()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var rows = Edition.Of(new ContractTable(DrawnEconomy.Draw(seed)), NoScores, DisclosureLimits.Default);
            foreach (var read in (ReadOnlySpan<Func<MarketFigures, object?>>)
                [row => row.Debt, row => row.MarginDebt, row => row.PledgeDebt, row => row.RepoDebt, row => row.Collateral, row => row.Clients, row => row.Contracts, row => row.NetCapital])
                Assert.That(rows.Count(row => read(row.Figures) is null), Is.Not.EqualTo(1), $"seed {seed}: {string.Join(' ', rows.Select(row => read(row.Figures)))}");
            foreach (var row in rows)
                Assert.That(
                    new object?[] { row.Figures.Debt, row.Figures.MarginDebt, row.Figures.PledgeDebt, row.Figures.RepoDebt }.Count(figure => figure is null),
                    Is.Not.EqualTo(1), $"seed {seed}: {row.Figures}");
        }
    }

    [Test]
    public void ASingleBrokerIsNeverPublished() => Assert.That(
        Edition.Of(new ContractTable(DrawnEconomy.Draw(1)), NoScores, DisclosureLimits.Default).Select(row => row.Division), Has.None.EqualTo(MarketDivision.Broker));

    [Test]
    public void AnEditionIsReadBackFromItsFacts()
    {
        var month = new DateOnly(2024, 5, 31);
        var edition = new PublishedEdition(month, new DateTimeOffset(2024, 6, 3, 8, 0, 0, TimeSpan.Zero), Edition.Of(new ContractTable(DrawnEconomy.Draw(2)), NoScores, DisclosureLimits.Default));
        var read = EditionFacts.ReadAll(GraphText.SnapshotOf(EditionFacts.Of(edition))).Single();
        Assert.That((read.Month, read.PublishedAt), Is.EqualTo((edition.Month, edition.PublishedAt)));
        Assert.That(read.Rows, Is.EqualTo(edition.Rows));
    }

    [Test]
    public async Task AMonthIsPublishedOnceHoweverManyAskAtATime()
    {
        await using var store = new InMemoryGraphStore(GraphText.Catalog);
        var contracts = new ContractTable(DrawnEconomy.Draw(3));
        var attempts = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            try
            {
                await new EditionPress(store).PublishAsync(new DateOnly(2024, 5, 31), contracts, NoScores, "test", DateTimeOffset.UnixEpoch.AddDays(i));
                return true;
            }
            catch (PressRefusedException refused) when (refused.Refusal == PressRefusal.PublishedBefore)
            {
                return false;
            }
        }));
        Assert.That(attempts.Count(published => published), Is.EqualTo(1));
    }

    [Test]
    public void AMonthIsOverOnItsLastDay()
    {
        Assert.That(() => EditionPress.CheckOver(new DateOnly(2024, 5, 31), new DateOnly(2024, 5, 30)), Throws.TypeOf<PressRefusedException>());
        Assert.That(() => EditionPress.CheckOver(new DateOnly(2024, 5, 31), new DateOnly(2024, 5, 31)), Throws.Nothing);
    }

    [TestCase("2024-02", "2024-02-29")]
    [TestCase("2024-13", null)]
    [TestCase("2024-02-29", null)]
    public void AMonthIsWrittenWithItsYear(string text, string? last) =>
        Assert.That(EditionFacts.Month(text)?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(last));

    private static IEnumerable<(int Broker, int Client, decimal Debt)> PartsOf(ContractTable contracts, EditionRow row, ContractKind? kind) =>
        from broker in contracts.Snapshot.Nodes.OfType("Broker").ToArray()
        where row.Division == MarketDivision.Market || contracts.Snapshot.Nodes.GetString(broker, "jurisdiction") == row.Figures.Key
        from contract in contracts.OfBroker(broker)
        where kind is null || contract.Kind == kind
        select (broker, contracts.PartyOf(contract.Node), contract.Debt);
}
