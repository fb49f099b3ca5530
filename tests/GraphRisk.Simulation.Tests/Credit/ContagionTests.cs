using GraphRisk.Simulation.Community;
using GraphRisk.Simulation.Credit;

namespace GraphRisk.Simulation.Tests.Credit;

public class ContagionTests
{
    private static readonly DateOnly Day = new(2024, 5, 6);
    private static readonly Period Long = new(new(2020, 1, 1), null);
    private MarketCommunity community = new(0);
    private Dictionary<Party, Debtor> debtors = [];

    [SetUp]
    public void ThreeCompanies()
    {
        community = new MarketCommunity(0);
        for (var i = 0; i < 3; i++) community.Companies.Add(Parties.Company(i));
        debtors = community.Parties.ToDictionary(p => p, p => new Debtor(p));
    }

    [Test]
    public void ADefaultReachesTheGuarantorTheMonthAfterAndFades()
    {
        community.Guarantees.Add(new Guarantee(C(0), C(1), 5_000_000, true, Long));
        Spread(C(1));
        var guarantor = debtors[C(0)];
        Assert.That(guarantor.GuaranteeIntensity.Total, Is.Zero, "not within the month");
        guarantor.GuaranteeIntensity.BeginMonth(0.5);
        Assert.That(guarantor.GuaranteeIntensity.Total, Is.EqualTo(HazardParameters.Default.DebtorToGuarantor));
        guarantor.GuaranteeIntensity.BeginMonth(0.5);
        Assert.That(guarantor.GuaranteeIntensity.Total, Is.EqualTo(HazardParameters.Default.DebtorToGuarantor / 2));
    }

    [Test]
    public void AGuaranteeThatHasEndedCarriesNothing()
    {
        community.Guarantees.Add(new Guarantee(C(0), C(1), 5_000_000, true, new Period(new(2020, 1, 1), Day)));
        Spread(C(1));
        Assert.That(IntensityOf(0), Is.EqualTo((0, 0)));
    }

    [Test]
    public void AStakeCarriesInProportionToTheShareBothWays()
    {
        community.Shareholdings.Add(new Shareholding(C(0), C(1), 400_000, 400_000, Long));
        community.Shareholdings.Add(new Shareholding(C(1), C(2), 1_000_000, 1_000_000, Long));
        Spread(C(1));
        Assert.Multiple(() =>
        {
            Assert.That(IntensityOf(0), Is.EqualTo((0, HazardParameters.Default.CompanyToHolder * 0.4)));
            Assert.That(IntensityOf(2), Is.EqualTo((0, HazardParameters.Default.HolderToCompany)));
        });
    }

    [Test]
    public void TheNeighbourThatWeighsMostIsNamedAndFadesLikeTheOthers()
    {
        community.Guarantees.Add(new Guarantee(C(0), C(1), 5_000_000, true, Long));
        community.Guarantees.Add(new Guarantee(C(0), C(2), 5_000_000, false, Long));
        Spread(C(2));
        Spread(C(1));
        var load = debtors[C(0)].GuaranteeIntensity;
        load.BeginMonth(1);
        Assert.That(load.Largest?.From, Is.SameAs(C(1)));
        for (var month = 0; month < 200; month++) load.BeginMonth(0.9);
        Assert.That((load.Largest, load.Total), Is.EqualTo((default(NeighbourIntensity.Source?), 0.0)));
    }

    private Company C(int index) => community.Companies[index];

    private void Spread(Party party) => new Contagion(HazardParameters.Default, community, debtors).Spread(party, Day);

    private (double Guarantee, double Ownership) IntensityOf(int index)
    {
        var debtor = debtors[C(index)];
        debtor.GuaranteeIntensity.BeginMonth(1);
        debtor.OwnershipIntensity.BeginMonth(1);
        return (debtor.GuaranteeIntensity.Total, debtor.OwnershipIntensity.Total);
    }
}
