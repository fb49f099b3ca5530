using GraphRisk.Simulation.National;
using GraphRisk.Simulation.Names;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Community;

/// <summary>
/// Makes parties and ties of one community and counts the clients given out.
/// </summary>
/// <remarks>
/// <see cref="Build"/> draws business groups, trading rings, households and single clients until all clients of the community are
/// placed, then guarantee circles across them, stakes in listed companies, and changes of equity. All draws come from
/// streams named by the community's index.
/// </remarks>
public sealed class CommunityBuilder
{
    private readonly MarketParameters parameters;
    private int serials;

    private CommunityBuilder(MarketParameters parameters, NationalLayer nation, int index, int clients)
    {
        this.parameters = parameters;
        Nation = nation;
        Community = new MarketCommunity(index);
        ClientsLeft = clients;
        Shape = new Draws(parameters.Seed, DrawStream.CommunityShape, index);
        Identity = new Draws(parameters.Seed, DrawStream.Identities, index);
    }

    public MarketCommunity Community { get; }

    public NationalLayer Nation { get; }

    /// <summary>Draws of who belongs to whom.</summary>
    public Draws Shape { get; }

    /// <summary>Draws of names, places, accounts.</summary>
    public Draws Identity { get; }

    public int ClientsLeft { get; private set; }

    public static MarketCommunity Build(MarketParameters parameters, NationalLayer nation, int index)
    {
        var count = parameters.CommunityCount;
        var clients = (int)(((long)parameters.Clients * (index + 1) / count) - ((long)parameters.Clients * index / count));
        var builder = new CommunityBuilder(parameters, nation, index, clients);
        while (builder.ClientsLeft > 0)
        {
            var kind = builder.Shape.Unit();
            if (kind < 0.115) BusinessGroup.Add(builder);
            else if (kind < 0.190) TradingRing.Add(builder);
            else if (kind < 0.470) Household.AddCouple(builder);
            else if (kind < 0.540) Household.AddCompanyWithOwner(builder);
            else Household.AddSingle(builder);
        }

        GuaranteeCircle.AddAll(builder);
        ListedStake.AddAll(builder, index, count);
        EquityChange.AddAll(builder);
        return builder.Community;
    }

    public Person AddPerson(bool client, Glyph? surname = null, Place? place = null, double means = 600_000)
    {
        var serial = NextSerial();
        var id = ResidentId.OfSerial(serial);
        var name = PersonName.Draw(Identity, id.Sex, surname);
        var home = place ?? NameTables.Places.Pick(Identity);
        var person = new Person(serial, name, id)
        {
            IsClient = TakeClient(client),
            Place = home,
            Address = Contact.Home(Identity, home),
            Phone = Contact.Phone(serial),
            Means = Identity.LogNormal(means, 0.8),
            Frailty = Identity.Normal(),
            FormerName = Identity.Chance(0.02) ? name.Renamed(Identity, id.Sex) : null,
            Borrows = Shape.Chance(0.42),
        };
        Community.Persons.Add(person);
        return person;
    }

    public Company AddCompany(bool client, LegalForm form, Place place, IReadOnlyList<Glyph>? brand = null)
    {
        var serial = NextSerial();
        var name = CompanyName.Draw(Identity, place, form, brand);
        var frailty = Identity.Normal();
        var capital = Math.Round(Identity.LogNormal(8e6, 1.1) / 1e4) * 1e4;
        var renamed = Identity.Chance(0.10);
        var company = new Company(serial, name, Names.CreditCode.OfSerial(serial, place))
        {
            IsClient = TakeClient(client),
            Place = place,
            Address = Contact.Office(Identity, place),
            Phone = Contact.Phone(serial),
            Means = capital * Identity.Between(0.2, 0.6),
            Frailty = frailty,
            Industry = form == LegalForm.Partnership ? "投资" : name.Trade.Industry,
            RegisteredCapital = capital,
            Established = parameters.Start.AddDays(-Identity.Between(2600, 9000)),
            FormerName = renamed ? name with { Brand = CompanyName.DrawBrand(Identity) } : null,
            RenamedOn = renamed ? AnyDay(Identity, 700) : null,
            Accounts = Identity.Chance(0.85) ? YearlyReport.Draw(Identity, parameters, capital, frailty) : [],
            OwesOutside = Shape.Chance(0.5),
            Borrows = Shape.Chance(0.58),
        };
        Community.Companies.Add(company);
        return company;
    }

    /// <summary>Brings a listed company in as something to hold; it is published by the national layer.</summary>
    public Company AddIssuer(Issuer issuer)
    {
        var company = IssuerAsCompany(issuer);
        Community.Companies.Add(company);
        return company;
    }

    public static Company IssuerAsCompany(Issuer issuer) =>
        new(Serials.Issuer(issuer.Index), issuer.Name, issuer.CreditCode)
        {
            Place = issuer.Name.Place,
            Address = issuer.Name.Place.City + issuer.Name.Place.District,
            Phone = "",
            Means = 0,
            Frailty = 0,
            Industry = issuer.Industry,
            RegisteredCapital = 0,
            Established = issuer.ListedOn.AddDays(-2000),
            IssuerIndex = issuer.Index,
        };

    /// <summary>Since some day of the years before the history, or, one in five, since a day within it.</summary>
    public Period Since() => new(Shape.Chance(0.2) ? AnyDay(Shape, 0) : parameters.Start.AddDays(-Shape.Between(1, 2500)), null);

    /// <summary>A period like <see cref="Since"/> that ends within the history with the given probability.</summary>
    public Period SinceUntil(double ends)
    {
        var period = Since();
        if (!Shape.Chance(ends)) return period;
        var end = AnyDay(Shape, 0);
        return end > period.From ? period with { To = end } : period;
    }

    public string NewDevice() => $"D{Identity.Next():X12}"[..13];

    public DateOnly DayWithin() => AnyDay(Shape, 0);

    private DateOnly AnyDay(Draws draws, int before)
    {
        var length = Nation.Calendar.Last.DayNumber - parameters.Start.DayNumber;
        return parameters.Start.AddDays(draws.Between(-before, length));
    }

    private bool TakeClient(bool wanted)
    {
        if (!wanted || ClientsLeft == 0) return false;
        ClientsLeft--;
        return true;
    }

    private long NextSerial() => Serials.Party(Community.Index, serials++);
}
