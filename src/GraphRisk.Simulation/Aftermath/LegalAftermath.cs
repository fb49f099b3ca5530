using GraphRisk.Simulation.Community;
using GraphRisk.Simulation.Credit;
using GraphRisk.Simulation.National;
using GraphRisk.Simulation.Names;
using GraphRisk.Simulation.Publishing;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Aftermath;

/// <summary>How often a claim leads to each public trace, as probabilities.</summary>
public sealed record TraceRates(double Summons, double Judgment, double Appeal, double Enforcement, double Execution, double Dishonest, double Restriction, double Bankruptcy)
{
    public static TraceRates Default { get; } = new(0.35, 0.20, 0.05, 0.55, 0.15, 0.35, 0.30, 0.06);
}

/// <summary>
/// What becomes public of a community's troubles: claims from the market's defaults, claims from elsewhere (trade and bank
/// debts, more frequent for the frail), penalties, and entries about strangers who bear a client's name.
/// </summary>
public sealed class LegalAftermath
{
    /// <summary>Yearly frequency of a claim from outside the market for a party of average frailty.</summary>
    private const double OutsideClaims = 0.008;

    /// <summary>Claims this long before the history are traced too: their listings expire within it.</summary>
    private const int YearsBefore = 3;
    private const double Penalties = 0.03;
    private const double Barred = 0.006;
    private const double Strangers = 0.012;
    private const int StrangerSerials = 400_000_000;
    private readonly MarketFiles files;
    private readonly MarketCommunity community;
    private readonly TradingCalendar calendar;
    private readonly ListEntries lists;
    private readonly PenaltyMatter penalties;
    private readonly Draws draws;
    private readonly ILookup<Party, Guarantee> guarantees;
    private readonly ILookup<Company, Office> offices;

    public LegalAftermath(MarketFiles files, MarketCommunity community, NationalLayer nation, ListEntries lists, PenaltyMatter penalties, Draws draws)
    {
        (this.files, this.community, calendar, this.lists, this.penalties, this.draws) = (files, community, nation.Calendar, lists, penalties, draws);
        guarantees = community.Guarantees.ToLookup(g => g.Debtor);
        offices = community.Offices.ToLookup(o => o.Company);
    }

    public void Publish(IReadOnlyList<Outcome> outcomes)
    {
        foreach (var outcome in outcomes.Where(o => o.Unpaid > 10_000)) Trace(ClaimOf(outcome), TraceRates.Default);
        foreach (var party in community.Parties.Where(p => p is not Company { IssuerIndex: not null }))
        {
            if (draws.Chance(OutsideClaims * (YearsBefore + (calendar.Quarters / 4.0)) * Math.Exp(0.7 * party.Frailty))) Trace(OutsideClaim(party), TraceRates.Default);
            if (party is Company company) PublishPenalty(company);
            else PublishPerson((Person)party);
        }
    }

    private Claim ClaimOf(Outcome outcome)
    {
        var creditor = outcome.Contract?.Account.Client.Broker.Name ?? Bank(outcome.Party);
        var matter = outcome.Contract?.Kind switch
        {
            ContractKind.Margin => "融资融券交易",
            ContractKind.Pledge => "质押式证券回购",
            ContractKind.Repo => "证券回购合同",
            _ => "金融借款合同",
        };
        Party[] guarantors = [.. guarantees[outcome.Party].Where(g => g.Joint && g.Valid.Contains(outcome.Day)).Select(g => g.Guarantor).Distinct().Take(2)];
        return new Claim(outcome.Party, guarantors, creditor, matter, outcome.Unpaid, outcome.Day);
    }

    private Claim OutsideClaim(Party party) =>
        new(party, [], Bank(party), draws.Chance(0.5) ? "金融借款合同" : "买卖合同", party.Means * draws.Between(0.05, 0.5), DayWithinOrBefore());

    private static string Bank(Party party) => $"中国{party.Place.CityWithoutSuffix}商业银行股份有限公司{party.Place.District}支行";

    private void Trace(Claim claim, TraceRates rates)
    {
        if (After(claim, 40, 120, rates.Summons) is { } sued) Announce(CourtAnnouncement.Summons(draws, claim, sued), claim.Defendants);
        if (After(claim, 150, 300, rates.Judgment) is { } judged) Announce(CourtAnnouncement.Judgment(draws, claim, judged), claim.Defendants);
        if (After(claim, 200, 330, rates.Appeal) is { } appealed) Announce(CourtAnnouncement.Appeal(draws, claim, appealed), claim.Defendants);
        if (After(claim, 60, 180, rates.Enforcement) is not { } filed) return;
        var number = CaseNumber.Draw(draws, claim.Debtor.Place, "执", filed);
        lists.Enforcement(claim.Debtor, claim, number, filed, draws.Chance(0.3) ? "终本" : "执行中");
        if (After(claim, 180, 240, rates.Execution) is { } executed) Announce(CourtAnnouncement.Execution(draws, claim, number, executed), claim.Defendants);
        if (After(claim, 190, 330, rates.Dishonest) is { } listed)
            lists.Dishonest(draws, claim.Debtor, RepresentativeOf(claim.Debtor), claim, number, filed, listed);
        if (claim.Debtor is not Company company) return;
        if (After(claim, 190, 300, rates.Restriction) is { } restricted)
            lists.Restriction(draws, company, RepresentativeOf(company), claim, number, filed, restricted);
        if (After(claim, 120, 300, 0.25) is { } abnormal) files.Registry.Status(company, abnormal, "经营异常");
        if (After(claim, 250, 400, rates.Bankruptcy) is { } bankrupt)
            Announce(CourtAnnouncement.Bankruptcy(draws, company, claim.Creditor, bankrupt), [company]);
    }

    private void PublishPerson(Person person)
    {
        if (!person.IsClient) return;
        if (draws.Chance(Barred * Math.Exp(0.5 * person.Frailty)))
            lists.Regulatory(draws, person, "中国证券业协会", "列入失信名单", DayWithinOrBefore(), 3);
        if (draws.Chance(Strangers)) PublishStranger(person);
    }

    private void PublishPenalty(Company company)
    {
        if (draws.Chance(0.01)) Announce(CourtAnnouncement.LostBill(draws, company, DayWithin()), [company]);
        var office = offices[company].FirstOrDefault();
        if (office is null || !draws.Chance(Penalties * Math.Exp(0.4 * company.Frailty))) return;
        penalties.Publish(draws, company.Name.Form == LegalForm.Partnership ? null : company, office.Person, office.Position, DayWithin());
    }

    /// <summary>Somebody else of the same name: a name alone must not link the entry to the client.</summary>
    private void PublishStranger(Person client)
    {
        var serial = StrangerSerials + client.Serial;
        var stranger = new Person(serial, client.Name, ResidentId.OfSerial(serial))
        {
            Place = NameTables.Places.Pick(draws),
            Address = "",
            Phone = "",
            Means = 200_000,
            Frailty = 0,
        };
        var claim = OutsideClaim(stranger);
        var listed = claim.Since;
        lists.Dishonest(draws, stranger, null, claim, CaseNumber.Draw(draws, stranger.Place, "执", listed), listed.AddDays(-100), listed);
    }

    private void Announce(CourtAnnouncement a, IEnumerable<Party> parties)
    {
        var document = $"F{files.Public.Announcements.Rows + 1:00000000}";
        files.Public.Announcements.Write(
            ("doc_no", document), ("court", a.Court), ("kind", a.Kind), ("case_no", a.CaseNumber), ("party", a.Party), ("published_on", a.PublishedOn), ("text", a.Text));
        foreach (var party in parties) files.Truth.Mention("court", document, party, "ADDRESSEE");
    }

    /// <summary>A day some time after the claim, if it comes to that at all and before the history ends.</summary>
    private DateOnly? After(Claim claim, int low, int high, double probability)
    {
        var day = claim.Since.AddDays(draws.Between(low, high));
        return draws.Chance(probability) && day <= calendar.Last ? day : null;
    }

    private Person? RepresentativeOf(Party party) =>
        party is Company company ? offices[company].FirstOrDefault(o => o.Position == "法定代表人")?.Person : null;

    private DateOnly DayWithinOrBefore() =>
        calendar.Last.AddDays(-draws.Below(calendar.Last.DayNumber - calendar.Start.AddYears(-YearsBefore).DayNumber));

    private DateOnly DayWithin() => calendar[draws.Below(calendar.Days)];
}
