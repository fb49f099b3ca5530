using GraphRisk.Simulation.Community;
using GraphRisk.Simulation.Credit;
using static GraphRisk.Simulation.Casework.CaseOffice;

namespace GraphRisk.Simulation.Casework;

/// <summary>An application that was declined.</summary>
/// <param name="Number">Its number.</param>
/// <param name="By">Who declined it.</param>
/// <param name="On">When.</param>
/// <param name="WouldDefault">What would have become of it.</param>
internal sealed record DeclinedApplication(ClientRelation Client, string Number, string By, DateOnly On, bool WouldDefault);

/// <summary>
/// Applications. Each contract was applied for some days before it began, now and then for more than was approved; large lines took two persons. Of clients without a contract some asked in vain: those whose debts were
/// written off are declined, the others by what an officer sees of what ails them, or give up.
/// </summary>
internal sealed class ApplicationWork(CaseOffice office)
{
    private const string Kind = "Application";

    /// <summary>Amount from which on two persons approve, yuan.</summary>
    private const double TwoPersons = 5_000_000;
    private const double AsksMore = 0.25;
    private const double IsAsked = 0.2;
    private const double AsksInVain = 0.12;
    private const double AsksAgain = 0.7;
    private const double GivesUp = 0.35;

    private static readonly string[] Purposes = ["buying listed shares", "working capital", "refinancing", "a purchase of equipment"];

    /// <summary>The application a contract came of.</summary>
    public void OfContract(Debtor debtor, CreditContract contract)
    {
        var (draws, client) = (office.Draws, contract.Account.Client);
        var line = contract.Kind == ContractKind.Margin ? Math.Ceiling(contract.Principal * 1.5 / 1e4) * 1e4 : contract.Principal;
        var asked = draws.Chance(AsksMore) ? Math.Ceiling(line * draws.Between(1.1, 1.6) / 1e4) * 1e4 : Math.Ceiling(line / 1e4) * 1e4;
        var filedOn = contract.OpenedOn.AddDays(-draws.Between(6, 20));
        if (filedOn < client.OpenedOn) filedOn = client.OpenedOn;
        var trail = office.Open(client.Broker, Kind, $"AP{contract.Number}");
        Apply(trail, client, filedOn, contract.Kind, asked, contract.DueOn.DayNumber - contract.OpenedOn.DayNumber, string.Join(';', contract.Offered.Select(one => $"{office.CodeOf(one.Security)}={one.Quantity}")));
        var decidedOn = contract.OpenedOn.AddDays(-draws.Between(1, 3));
        if (draws.Chance(IsAsked)) Ask(trail, client, filedOn);
        var first = office.Person(client.Broker);
        (string, string?)[] terms = [("amount", Money(line)), ("annualRate", Ratio(contract.AnnualRate))];
        trail.Move("approve", decidedOn < filedOn ? filedOn : decidedOn, 11, Officer, first, terms);
        if (line >= TwoPersons) trail.Move("approve", decidedOn < filedOn ? filedOn : decidedOn, 15, Officer, office.Person(client.Broker, first), terms);
        office.Tell(client.Broker, Kind, trail.Number, debtor.Party, contract.Steps.Exists(step => step.Kind == ContractStepKind.Struck) ? "DEFAULTED" : "PAID");
    }

    /// <summary>The application in vain of a client; null where it made none that was declined.</summary>
    public DeclinedApplication? Declined(Debtor debtor)
    {
        var draws = office.Draws;
        if (!debtor.Party.IsClient || debtor.Live is not null || debtor.InDisposal || !draws.Chance(debtor.Barred ? AsksAgain : debtor.Contracts.Count == 0 ? AsksInVain : 0)) return null;
        var client = debtor.Relations[0];
        var since = debtor.Contracts.SelectMany(contract => contract.Steps).Select(step => step.Day).DefaultIfEmpty(office.Calendar.Start).Max();
        var filedOn = After(since, draws.Between(20, Math.Max(21, office.Calendar.Last.DayNumber - since.DayNumber - 40)));
        if (filedOn.AddDays(40) > office.Calendar.Last) return null;
        var kind = draws.Chance(0.8) ? ContractKind.Margin : ContractKind.Pledge;
        var trail = office.Open(client.Broker, Kind, $"AP{client.ClientNo}");
        Apply(trail, client, filedOn, kind, Math.Ceiling(debtor.Party.Means * draws.Between(0.2, 0.9) / 1e4) * 1e4, kind == ContractKind.Margin ? 180 : 365, null);
        var wouldDefault = draws.Chance(ChanceOfDefault(debtor.Party));
        office.Tell(client.Broker, Kind, trail.Number, debtor.Party, wouldDefault ? "WOULD_DEFAULT" : "WOULD_PAY");
        if (!debtor.Barred && draws.Chance(GivesUp))
        {
            trail.Move("withdraw", After(filedOn, draws.Between(1, 6)), 10, Client, null, ("reason", "found the money elsewhere"));
            return null;
        }

        if (draws.Chance(IsAsked)) Ask(trail, client, filedOn);
        var (by, on) = (office.Person(client.Broker), After(filedOn, draws.Between(5, 9)));
        var reason = debtor.Barred ? "an earlier debt was written off" : debtor.Party.Frailty + draws.Normal() > 0.2 ? "income and assets do not bear the line" : "too short a time of trading";
        trail.Move("decline", on, 14, Officer, by, ("reason", reason), ("document", $"DL{client.ClientNo}"));
        return new DeclinedApplication(client, trail.Number, by, on, wouldDefault);
    }

    private void Apply(CaseTrail trail, ClientRelation client, DateOnly on, ContractKind kind, double amount, int days, string? offers)
    {
        var draws = office.Draws;
        var itself = draws.Chance(0.6);
        trail.Move("apply", on, 9, itself ? Client : Officer, itself ? null : office.Person(client.Broker),
            ("client", client.ClientNo), ("offers", offers), ("product", kind.ToString().ToUpperInvariant()), ("amount", Money(amount)), ("termInDays", Whole(days)),
            ("shareOfBroker", "0"), ("isAffiliateOfBroker", "false"), ("purpose", draws.Pick(Purposes)));
    }

    private void Ask(CaseTrail trail, ClientRelation client, DateOnly filedOn)
    {
        trail.Move("ask", filedOn.AddDays(1), 10, Officer, office.Person(client.Broker), ("reason", "what is it to be repaid from?"));
        trail.Move("answer", filedOn.AddDays(2), 10, Client, null, ("reason", "from income and from sales"));
    }

    /// <summary>That of a year, all of the collateral in one security at middling stress: the world's own intensity, frailty and accounts in it.</summary>
    private double ChanceOfDefault(Party party)
    {
        var weakness = party is Company company ? company.WeaknessKnownOn(office.Calendar.Last) : 0;
        var condition = new Condition(0.7, 0.7, weakness, false, true, party.Frailty);
        return 1 - Math.Exp(-12 * Hazard.Of(HazardParameters.Default, condition, 0, 0).Own);
    }
}
