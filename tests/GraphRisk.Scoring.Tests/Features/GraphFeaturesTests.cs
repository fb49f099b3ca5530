using GraphRisk.Graph.Facts;
using GraphRisk.TestKit;
using static GraphRisk.Scoring.Tests.Features.FeatureReadings;

namespace GraphRisk.Scoring.Tests.Features;

public class GraphFeaturesTests
{
    private const string Ann = "Person/t:ann";
    private const string Bob = "Person/t:bob";
    private const string Cy = "Person/t:cy";
    private const string Acme = "Company/t:acme";
    private static readonly DateOnly Start = FactSketch.Start;
    private static readonly DateOnly Day = new(2024, 6, 30);
    private static readonly DateOnly Today = Day;

    [Test]
    public void ADebtorsDefaultReachesTheGuarantorByAmountToMeans()
    {
        var read = Read(Guarantee(amount: 250), Day, Ann);
        Assert.That(read["guaranteed_debtors"], Is.EqualTo(1));
        Assert.That(read["failed_debtors"], Is.EqualTo(1));
        Assert.That(read["failed_debtors_impact"], Is.EqualTo(0.25f).Within(1e-6), "250 of Ann's 1,000, and Bob defaulted today");
        Assert.That(Read(Guarantee(amount: 5000), Day, Ann)["failed_debtors_impact"], Is.EqualTo(1), "nobody loses more than everything");
    }

    [Test]
    public void HowLongAgoAFailureWasIsForTheModelToWeigh()
    {
        Assert.That(Read(Guarantee(amount: 1000), Day.AddDays(60), Ann)["days_since_guarantee_failure"], Is.EqualTo(60));
        Assert.That(Read(Guarantee(amount: 1000), Day.AddDays(200), Ann)["failed_debtors"], Is.Zero, "Bob owes nothing and his probation is over");
        Assert.That(Read(Guarantee(amount: 1000), Day.AddDays(-1), Ann)["days_since_guarantee_failure"], Is.NaN);
    }

    [Test]
    public void ADefaultOutsideSecuritiesFinancingIsKnownByItsListing()
    {
        var market = new FactSketch().Client(Ann).Node(Acme, Start, ("name", PropertyValue.Of("acme")))
            .Edge("GUARANTEES", Ann, Acme, Start, null, ("amount", PropertyValue.Of(1000m)))
            .Node("Listing/e", Today.AddDays(-90), ("list", PropertyValue.Of("enforcement")), ("kind", PropertyValue.OfEnum("ENFORCEMENT")),
                ("publishedOn", PropertyValue.Of(Today.AddDays(-90))))
            .Edge("LISTED_AS", Acme, "Listing/e", Today.AddDays(-90));
        Assert.That(Read(market, Day, Ann)["failed_debtors_impact"], Is.EqualTo(1));
        Assert.That(Read(market, Day, Ann)["days_since_guarantee_failure"], Is.EqualTo(90));
    }

    [Test]
    public void AnEndedGuaranteeCarriesNothing() =>
        Assert.That(Read(Guarantee(amount: 1000, until: Day), Day, Ann)["failed_debtors_impact"], Is.Zero);

    [Test]
    public void AGuarantorsDefaultReachesTheDebtorByAmountToDebt()
    {
        var market = new FactSketch().Client(Ann).Client(Bob).Margin(Ann, Start, 400, 2)
            .Edge("GUARANTEES", Bob, Ann, Start, null, ("amount", PropertyValue.Of(100m))).Event(Bob, Today, "FORCED_LIQUIDATION");
        Assert.That(Read(market, Day, Ann)["failed_guarantors_impact"], Is.EqualTo(0.25f).Within(1e-6));
    }

    [Test]
    public void TheNetworkIsSeenBeyondTheNextParty()
    {
        var market = new FactSketch().Client(Ann).Client(Bob).Client(Cy)
            .Edge("GUARANTEES", Ann, Bob, Start, null, ("amount", PropertyValue.Of(500m)))
            .Edge("GUARANTEES", Bob, Cy, Start, null, ("amount", PropertyValue.Of(500m)))
            .Edge("GUARANTEES", Bob, Ann, Start, null, ("amount", PropertyValue.Of(500m)))
            .Event(Cy, Today, "DEFAULT").Event(Ann, Today, "DEFAULT");
        // Bob takes 0.5 of Cy's failure as its guarantor. Ann takes 0.5 of that as Bob's guarantor and, since she owes nothing known,
        // 1 as his debtor. What Bob has from Ann herself does not come back to her.
        var read = Read(market, Day, Ann);
        Assert.That(read["debtor_distress"] + read["guarantor_distress"], Is.Zero, "Bob himself is well");
        Assert.That(read["network_loss"], Is.EqualTo(0.75f).Within(1e-6));
        Assert.That(read["network_loss_beyond"], Is.EqualTo(0.75f).Within(1e-6));
    }

    [Test]
    public void HoldersAndHeldCompaniesFeelEachOtherByShare()
    {
        var market = new FactSketch().Client(Ann).Client(Acme)
            .Edge("HOLDS", Ann, Acme, Start, null, ("share", PropertyValue.Of(0.3m))).Event(Acme, Today, "DEFAULT").Event(Ann, Today, "DEFAULT");
        Assert.That(Read(market, Day, Ann)["held_distress"], Is.EqualTo(0.3f).Within(1e-6));
        Assert.That(Read(market, Day, Acme)["holder_distress"], Is.EqualTo(0.3f).Within(1e-6));
        Assert.That(Read(market, Day, Ann)["group_size"], Is.EqualTo(1), "30% is no majority");
    }

    [Test]
    public void TheGroupIsTiedByMajoritiesOfVotes()
    {
        var market = new FactSketch().Client(Ann).Client(Acme).Client("Company/t:sub").Margin("Company/t:sub", Start, 99, 2)
            .Edge("HOLDS", Ann, Acme, Start, null, ("share", PropertyValue.Of(0.3m)), ("votes", PropertyValue.Of(0.6m)))
            .Edge("HOLDS", Acme, "Company/t:sub", Start, null, ("share", PropertyValue.Of(0.51m))).Event("Company/t:sub", Today, "DEFAULT");
        var read = Read(market, Day, Ann);
        Assert.That(read["group_size"], Is.EqualTo(3));
        Assert.That(read["group_debt"], Is.EqualTo(Math.Log(100)).Within(1e-6));
        Assert.That(read["group_failed"], Is.EqualTo(1));
        Assert.That(Read(market, Day, "Company/t:sub")["group_failed"], Is.Zero, "its own default is not its group's contagion");
    }

    [Test]
    public void TwoStakesBesideEachOtherMakeAMajorityAndIndirectStatementsDoNotCountTwice()
    {
        var market = new FactSketch().Client(Ann).Client(Acme).Client("Company/t:one").Client("Company/t:two").Client("Company/t:low")
            .Edge("HOLDS", Ann, "Company/t:one", Start, null, ("share", PropertyValue.Of(0.6m)))
            .Edge("HOLDS", Ann, "Company/t:two", Start, null, ("share", PropertyValue.Of(0.6m)))
            .Edge("HOLDS", "Company/t:one", Acme, Start, null, ("share", PropertyValue.Of(0.3m)))
            .Edge("HOLDS", "Company/t:two", Acme, Start, null, ("share", PropertyValue.Of(0.3m)))
            .Edge("HOLDS", Ann, "Company/t:low", Start, null, ("shareMin", PropertyValue.Of(0.3m)), ("shareMax", PropertyValue.Of(0.9m)));
        Assert.That(Read(market, Day, Acme)["group_size"], Is.EqualTo(4), "Ann, the two and Acme; a majority that is only possible makes no group");
    }

    [Test]
    public void AHubLinksNobody()
    {
        var market = new FactSketch().Client(Ann).Node("Company/t:state", Start, ("name", PropertyValue.Of("state")), ("kind", PropertyValue.OfEnum("PUBLIC_BODY")))
            .Client(Acme).Client("Company/t:sub").Event("Company/t:sub", Today, "DEFAULT")
            .Edge("HOLDS", "Company/t:state", Acme, Start, null, ("share", PropertyValue.Of(0.9m)))
            .Edge("HOLDS", "Company/t:state", "Company/t:sub", Start, null, ("share", PropertyValue.Of(0.9m)));
        Assert.That(Read(market, Day, Acme)["group_size"], Is.EqualTo(1));
        Assert.That(Read(market, Day, Acme)["network_loss"], Is.Zero);
    }

    [Test]
    public void TheCrowdLeavesTheClientOut()
    {
        var market = new FactSketch().Client(Ann).Client(Bob, quantity: 300).Client(Cy).Margin(Ann, Start, 400, 2.5m).Margin(Bob, Start, 2700, 1.1m);
        var read = Read(market, Day, Ann);
        Assert.That(read["crowd_leveraged"], Is.EqualTo(0.75f).Within(1e-6), "Bob owes, Cy does not");
        Assert.That(read["crowd_distress"], Is.EqualTo(1), "Bob stands at the liquidation line");
        Assert.That(read["crowd_of_issue"], Is.EqualTo(0.03f).Within(1e-6));
        Assert.That(read["forced_sales"], Is.EqualTo(0.03f).Within(1e-6), "all of Bob's may have to be sold");
        Assert.That(Read(market, Day, Cy)["crowd_leveraged"], Is.EqualTo(1));
    }

    [Test]
    public void ACommonDeviceTiesTwoClients()
    {
        var market = new FactSketch().Client(Ann).Client(Bob).Node("Device/d", Start, ("kind", PropertyValue.Of("PHONE")))
            .Edge("SIGNED_IN", "Device/d", "Account/t:ann", Start).Edge("SIGNED_IN", "Device/d", "Account/t:bob", Start).Event(Bob, Today, "DEFAULT");
        var read = Read(market, Day, Ann);
        Assert.That(read["device_parties"], Is.EqualTo(1));
        Assert.That(read["device_failed"], Is.EqualTo(1));
    }

    [Test]
    public void OfficersRelativesAndPartiesInConcertAreLinked()
    {
        var market = new FactSketch().Client(Ann).Client(Bob).Client(Acme).Event(Acme, Today, "DEFAULT")
            .Edge("OFFICER_OF", Ann, Acme, Start).Edge("RELATED_TO", Bob, Ann, Start)
            .Node("Agreement/a", Start, ("kind", PropertyValue.OfEnum("ACTING_IN_CONCERT")))
            .Edge("BOUND_BY", Ann, "Agreement/a", Start).Edge("BOUND_BY", Bob, "Agreement/a", Start);
        var read = Read(market, Day, Ann);
        Assert.That(read["office_parties"], Is.EqualTo(2));
        Assert.That(read["office_failed"], Is.EqualTo(1));
        Assert.That(read["concert_parties"], Is.EqualTo(1));
    }

    private static FactSketch Guarantee(decimal amount, DateOnly? until = null) =>
        new FactSketch().Client(Ann).Client(Bob)
            .Edge("GUARANTEES", Ann, Bob, Start, until, ("amount", PropertyValue.Of(amount))).Event(Bob, Today, "DEFAULT");
}
