using GraphRisk.Simulation.Community;
using GraphRisk.Simulation.National;
using GraphRisk.Simulation.Publishing;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Credit;

/// <summary>
/// Opens client relations, accounts and contracts for one community's clients.
/// </summary>
public sealed class CreditDesk(MarketParameters parameters, NationalLayer nation, MarketCommunity community, MarketFiles files)
{
    private static readonly (double CallLine, double Other)[] MarginLines = [(1.30, 1.10), (1.30, 1.10), (1.35, 1.15), (1.40, 1.15)];
    private static readonly (double Closing, double Warning)[] PledgeLines = [(1.40, 1.60), (1.30, 1.50), (1.50, 1.70)];

    private readonly Draws draws = new(parameters.Seed, DrawStream.Finances, community.Index);
    private readonly ILookup<Party, Shareholding> stakes =
        community.Shareholdings.Where(s => s.Company.IssuerIndex is not null).ToLookup(s => s.Holder);

    /// <summary>Takes the client to its brokers: one, or two or three for every fourth and twentieth.</summary>
    public Debtor Admit(Party party)
    {
        var debtor = new Debtor(party);
        if (!party.IsClient) return debtor;
        var count = draws.Unit() switch { < 0.05 => 3, < 0.28 => 2, _ => 1 };
        var brokers = new List<Broker>();
        for (var i = 0; i < count; i++)
        {
            var broker = nation.BrokersByPopularity.Pick(draws);
            if (!brokers.Contains(broker)) brokers.Add(broker);
        }

        for (var i = 0; i < brokers.Count; i++)
        {
            var opened = parameters.Start.AddDays(-draws.Between(200, 4000));
            debtor.Relations.Add(new ClientRelation(party, brokers[i], files.Of(brokers[i]).NextClientNo(), opened, i));
            // A borrower's securities are mostly in the credit account; each relation has some account.
            if (i > 0 || !party.Borrows) OpenOrdinary(debtor, debtor.Relations[i]);
        }

        return debtor;
    }

    /// <param name="day">Trading day of the opening; 0 also stands for contracts opened before the history.</param>
    public void OpenContract(Debtor debtor, int day)
    {
        var kind = Choose(debtor.Party);
        var relation = debtor.Relations[0];
        var openedOn = nation.Calendar[day];
        if (day == 0) openedOn = openedOn.AddDays(-draws.Between(0, 170));
        var contract = kind == ContractKind.Margin ? OpenMargin(debtor, relation, day, openedOn) : OpenLoan(debtor, relation, kind, day, openedOn);
        contract.Offered = [.. contract.Collateral.Select(lot => (lot.Security, lot.Quantity))];
        debtor.Contracts.Add(contract);
        var broker = files.Of(relation.Broker);
        broker.Contract(contract);
        foreach (var lot in contract.Collateral) broker.Position(contract.Account, lot, nation.Calendar[day]);
        broker.Statement(contract, day, nation.Calendar[day]);
    }

    private ContractKind Choose(Party party)
    {
        var unit = draws.Unit();
        if (party is Person) return unit < 0.92 ? ContractKind.Margin : unit < 0.97 ? ContractKind.Pledge : ContractKind.Repo;
        if (stakes[party].Any() && unit < 0.7) return ContractKind.Pledge;
        return unit < 0.55 ? ContractKind.Margin : unit < 0.88 ? ContractKind.Pledge : ContractKind.Repo;
    }

    private CreditContract OpenMargin(Debtor debtor, ClientRelation relation, int day, DateOnly openedOn)
    {
        var own = Math.Clamp(debtor.Party.Means * draws.Between(0.15, 0.6), 100_000, 2e8);
        var ratio = Math.Clamp(draws.LogNormal(2.3, 0.33), 1.55, 6);
        var debt = Cents(own / (ratio - 1));
        var account = OpenAccount(debtor, relation, credit: true, openedOn);
        var cash = Cents((own + debt) * draws.Between(0.01, 0.12));
        var picks = Picks(debtor.Party, day);
        foreach (var security in picks) Buy(account, security, (own + debt - cash) / picks.Count, day);
        var (call, liquidation) = draws.Pick(MarginLines);
        return new CreditContract
        {
            Kind = ContractKind.Margin,
            Number = files.Of(relation.Broker).NextContractNo(ContractKind.Margin),
            Account = account,
            OpenedOn = openedOn,
            DueOn = openedOn.AddDays(180),
            Collateral = account.Lots,
            AnnualRate = Rate(0.055, 0.0835),
            CallLine = call,
            OtherLine = liquidation,
            Principal = debt,
            FirstRatio = ratio,
            FirstDay = day,
            Cash = cash,
            Financed = debt,
            Short = draws.Chance(0.05) ? ShortSale(debt * 0.12, day) : null,
        };
    }

    private CreditContract OpenLoan(Debtor debtor, ClientRelation relation, ContractKind kind, int day, DateOnly openedOn)
    {
        var stake = stakes[debtor.Party].FirstOrDefault(s => s.Valid.From <= openedOn);
        var account = OpenAccount(debtor, relation, credit: false, openedOn);
        var security = stake?.Company.IssuerIndex ?? Picks(debtor.Party, day)[0];
        var value = stake is null
            ? Math.Clamp(debtor.Party.Means * draws.Between(0.8, 2.5), 1_000_000, 1e9)
            : nation.Securities[security].TotalShares * (stake.Share / (double)Shareholding.Whole)
                * nation.Prices.Close(security, day) * draws.Between(0.1, 0.5);
        var lot = Buy(account, security, value, day);
        // Pledge rates run up to 60% of the value.
        var ratio = 1 / draws.Between(0.36, 0.60);
        var principal = Cents(lot.Quantity * nation.Prices.Close(security, day) / ratio);
        var (closing, warning) = draws.Pick(PledgeLines);
        return new CreditContract
        {
            Kind = kind,
            Number = files.Of(relation.Broker).NextContractNo(kind),
            Account = account,
            OpenedOn = openedOn,
            DueOn = openedOn.AddYears(kind == ContractKind.Repo ? 1 : draws.Between(1, 3)),
            Collateral = [lot],
            AnnualRate = Rate(0.05, 0.08),
            CallLine = closing,
            OtherLine = warning,
            Principal = principal,
            FirstRatio = ratio,
            FirstDay = day,
            Financed = principal,
        };
    }

    /// <summary>
    /// One to three securities that trade on the day; a ring's members hold what the ring buys, but in a market without
    /// contagion, where nobody follows anybody.
    /// </summary>
    private List<int> Picks(Party party, int day)
    {
        if (parameters.Contagion != ContagionProcess.None)
        {
            List<int> ring = [.. party.Favourites.Where(s => !nation.Prices.Suspended(s, day))];
            if (ring.Count > 0) return ring;
        }

        var picks = new List<int>();
        var count = draws.Unit() switch { < 0.45 => 1, < 0.85 => 2, _ => 3 };
        while (picks.Count < count)
        {
            var security = Traded(nation.OnMargin, day);
            if (!picks.Contains(security)) picks.Add(security);
        }

        return picks;
    }

    private int Traded(WeightedTable<Security> table, int day)
    {
        while (true)
        {
            var security = table.Pick(draws).Index;
            if (!nation.Prices.Suspended(security, day)) return security;
        }
    }

    private void OpenOrdinary(Debtor debtor, ClientRelation relation)
    {
        var account = OpenAccount(debtor, relation, credit: false, relation.OpenedOn);
        if (draws.Chance(0.03)) account.ClosedOn = relation.OpenedOn.AddDays(150);
        else if (draws.Chance(0.6))
        {
            var security = nation.ForCash.Pick(draws).Index;
            var lot = Buy(account, security, debtor.Party.Means * draws.Between(0.05, 0.3), 0);
            files.Of(relation.Broker).Position(account, lot, nation.Calendar[0]);
        }
    }

    private Account OpenAccount(Debtor debtor, ClientRelation relation, bool credit, DateOnly openedOn)
    {
        // A credit account is opened once and used again; loans each lie in an account of their own.
        var day = openedOn < relation.OpenedOn ? relation.OpenedOn : openedOn;
        var account = new Account(relation, files.Of(relation.Broker).NextAccountNo(credit), credit, day);
        debtor.Accounts.Add(account);
        return account;
    }

    private Lot Buy(Account account, int security, double amount, int day)
    {
        var quantity = Math.Max(1, (long)(amount / nation.Prices.Close(security, day) / 100)) * 100;
        var lot = new Lot(security, quantity);
        account.Lots.Add(lot);
        return lot;
    }

    private Lot ShortSale(double amount, int day)
    {
        var security = Traded(nation.ForCash, day);
        return new Lot(security, Math.Max(1, (long)(amount / nation.Prices.Close(security, day) / 100)) * 100);
    }

    private double Rate(double low, double high) => Math.Round(draws.Between(low, high), 4);

    private static double Cents(double yuan) => Math.Round(yuan, 2);
}
