using GraphRisk.Simulation.Community;
using GraphRisk.Simulation.Credit;
using GraphRisk.Simulation.Credit.Clearing;
using GraphRisk.Simulation.National;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Tests.Credit.Clearing;

/// <summary>Companies that owe banks only and lose nothing of their own, so whatever fells one is another's doing.</summary>
public class ClearingProcessTests
{
    private static readonly NationalLayer Nation = new(new MarketParameters(2000, 7) { Securities = 10 });
    private static readonly ClearingParameters Quiet = ClearingParameters.Default with { LossChance = 0, LatestCall = 1 };
    private static readonly DateOnly Day = new(2023, 7, 20);
    private static readonly Period Long = new(new(2020, 1, 1), null);
    private MarketCommunity community = new(0);
    private Debtor[] debtors = [];

    [SetUp]
    public void ThreeCompanies()
    {
        community = new MarketCommunity(0);
        for (var i = 0; i < 3; i++) community.Companies.Add(Parties.Company(i));
    }

    [Test]
    public void NobodyFailsWhereNothingHappens()
    {
        community.Shareholdings.Add(new Shareholding(C(0), C(1), 800_000, 800_000, Long));
        var process = Process();
        for (var month = 0; month < 12; month++) Assert.That(Fates(process, month).Select(f => f.Fails), Is.All.False);
    }

    [Test]
    public void ACallBeyondAllMeansFellsTheGuarantorTheMonthAfterAndNamesTheDebtor()
    {
        community.Guarantees.Add(new Guarantee(C(0), C(1), 50_000_000, true, Long));
        var process = Process();
        Fates(process, 0);
        process.Spread(debtors[1], Day, 0);
        var fate = Fates(process, 1, 0, 2);
        Assert.Multiple(() =>
        {
            Assert.That(fate.Select(f => f.Fails), Is.EqualTo(new[] { true, false }));
            Assert.That(fate[0].Cause, Is.EqualTo(Cause.Guarantee));
            Assert.That(fate[0].Worst, Is.EqualTo(new Blame(C(1), Day, 1)));
        });
    }

    [Test]
    public void AGuaranteeThatHasEndedIsNotCalled()
    {
        community.Guarantees.Add(new Guarantee(C(0), C(1), 50_000_000, true, new Period(new(2020, 1, 1), Day)));
        var process = Process();
        Fates(process, 0);
        process.Spread(debtors[1], Day, 0);
        Assert.That(Fates(process, 1, 0, 2).Select(f => f.Fails), Is.All.False);
    }

    [Test]
    public void ACallThatCanBePaidIsNoFailure()
    {
        community.Guarantees.Add(new Guarantee(C(0), C(1), 50_000, true, Long));
        var process = Process();
        Fates(process, 0);
        process.Spread(debtors[1], Day, 0);
        Assert.That(Fates(process, 1, 0, 2).Select(f => f.Fails), Is.All.False);
    }

    /// <summary>The holder is felled by a call, and the company it owes by not being paid, in one month.</summary>
    [Test]
    public void WhoIsNotPaidFailsInALaterRoundOfTheSameMonth()
    {
        community.Shareholdings.Add(new Shareholding(C(0), C(1), 1_000_000, 1_000_000, Long));
        community.Guarantees.Add(new Guarantee(C(0), C(2), 50_000_000, true, Long));
        // The company has next to nothing of its own and owes its holder what the holder owes it.
        var process = Process(Quiet with { Reserve = 0.01, Deposit = 1, HolderLoan = 1 });
        Assert.That(Fates(process, 0).Select(f => f.Fails), Is.All.False);
        process.Spread(debtors[2], Day, 0);
        var fates = Fates(process, 1, 0, 1);
        Assert.Multiple(() =>
        {
            Assert.That(fates.Select(f => f.Fails), Is.All.True);
            Assert.That(fates[1].Round, Is.GreaterThan(fates[0].Round));
            Assert.That((fates[1].Cause, fates[1].Worst?.Neighbour, fates[1].Worst?.FailedOn), Is.EqualTo((Cause.Ownership, (Party)C(0), (DateOnly?)null)));
        });
    }

    private Company C(int index) => community.Companies[index];

    private ClearingProcess Process(ClearingParameters? parameters = null)
    {
        debtors = [.. community.Parties.Select(p => new Debtor(p))];
        return new ClearingProcess(parameters ?? Quiet, Nation, community, debtors, new Draws(1, DrawStream.BalanceSheets, 0));
    }

    private IReadOnlyList<Fate> Fates(ClearingProcess process, int month, params int[] exposed) =>
        process.Decide(month, [.. (exposed.Length == 0 ? [0, 1, 2] : exposed).Select(i => new Exposure(debtors[i], null, default, null))]);
}
