using System.Globalization;
using GraphRisk.Simulation.Credit;
using GraphRisk.Simulation.National;

namespace GraphRisk.Simulation.Publishing;

/// <summary>The files one broker delivers, and the numbers it gives out.</summary>
public sealed class BrokerFiles : IDisposable
{
    private readonly Broker broker;
    private readonly BrokerDialect dialect;
    private readonly IReadOnlyList<Security> securities;
    private readonly PriceHistory prices;
    private readonly CsvFile clients, authorisations, accounts, positions, margin, marginStatements, pledge, pledgeStatements, repo, events, logins;
    private long clientNo, authorisationNo, accountNo, contractNo, eventNo;

    public BrokerFiles(string folder, Broker broker, NationalLayer nation)
    {
        this.broker = broker;
        dialect = broker.Hanzi ? BrokerDialect.Hanzi : BrokerDialect.Latin;
        (securities, prices) = (nation.Securities, nation.Prices);
        var home = Path.Combine(folder, "brokers", broker.Code);
        Directory.CreateDirectory(home);
        clients = dialect.Open(home, "clients");
        authorisations = dialect.Open(home, "authorisations");
        accounts = dialect.Open(home, "accounts");
        positions = dialect.Open(home, "positions");
        margin = dialect.Open(home, "margin");
        marginStatements = dialect.Open(home, "margin_statements");
        pledge = dialect.Open(home, "pledge");
        pledgeStatements = dialect.Open(home, "pledge_statements");
        repo = dialect.Open(home, "repo");
        events = dialect.Open(home, "events");
        logins = dialect.Open(home, "logins");
    }

    private IEnumerable<CsvFile> All =>
        [clients, authorisations, accounts, positions, margin, marginStatements, pledge, pledgeStatements, repo, events, logins];

    public long Rows => All.Sum(f => f.Rows);

    public string NextClientNo() => Number("", ++clientNo);

    public string NextAccountNo(bool credit) => Number(credit ? "8" : "1", ++accountNo);

    public string NextContractNo(ContractKind kind) => Number(kind.ToString()[..1], ++contractNo);

    /// <param name="leftOn">Null while it is a client.</param>
    public void Client(ClientRelation client, ClientCard card, DateOnly? leftOn) => clients
        .Text(client.ClientNo).Text(card.Name).Text(card.FormerName).Text(dialect.Code(card.Kind))
        .Text(dialect.Code(card.IdType)).Text(card.IdNumber).Date(card.IdExpires).Date(card.BirthDate)
        .Text(dialect.Code(card.Sex)).Text(card.Phone).Text(card.Address).Text(client.Party.Place.Region)
        .Date(client.OpenedOn).Date(leftOn).End();

    public void Authorisation(GivenAuthorisation given) => authorisations
        .Text(Number("A", ++authorisationNo)).Text(given.Client.ClientNo).Text(dialect.Code(given.Facts ? "FACTS" : "SCORE"))
        .Text(dialect.Codes(given.Purposes)).Date(given.GivenOn).Date(given.ExpiresOn).Date(given.WithdrawnOn).Text(given.Document).End();

    public void Account(Account account) => accounts
        .Text(account.Number).Text(account.Client.ClientNo).Text(dialect.Code(account.Credit ? "CREDIT" : "ORDINARY"))
        .Date(account.OpenedOn).Date(account.ClosedOn).End();

    public void Login(Account account, string device, DateOnly firstSeen) =>
        logins.Text(account.Number).Text(device).Date(firstSeen).End();

    /// <summary>States the lot unless the last statement said the same.</summary>
    public void Position(Account account, Lot lot, DateOnly asOf)
    {
        if (lot.Stated == lot.Quantity) return;
        lot.Stated = lot.Quantity;
        positions.Text(account.Number).Text(securities[lot.Security].Code).Whole(lot.Quantity).Date(asOf).End();
    }

    public void Contract(CreditContract c)
    {
        var client = c.Account.Client;
        if (c.Kind == ContractKind.Margin)
            margin.Text(c.Number).Text(c.Account.Number).Date(c.OpenedOn).Date(c.DueOn)
                .Money(Math.Ceiling(c.Principal * 1.5 / 1e4) * 1e4).Ratio(c.AnnualRate).Ratio(c.CallLine).Ratio(c.OtherLine).End();
        else if (c.Kind == ContractKind.Pledge)
            pledge.Text(c.Number).Text(client.ClientNo).Text(c.Account.Number).Text(securities[c.Collateral[0].Security].Code)
                .Money(c.Principal).Ratio(c.AnnualRate).Date(c.OpenedOn).Date(c.DueOn).Ratio(c.OtherLine).Ratio(c.CallLine).End();
    }

    /// <summary>States the contract as it stands; what a closed loan set apart is the client's again, and nothing is pledged.</summary>
    public void Statement(CreditContract c, int day, DateOnly asOf)
    {
        var value = c.CollateralValue(prices, day);
        var pledged = c.Status == ContractStatus.Closed ? 0 : c.Collateral[0].Quantity;
        switch (c.Kind)
        {
            case ContractKind.Margin:
                marginStatements.Text(c.Number).Date(asOf).Text(dialect.Code(MarginStatus(c.Status)))
                    .Money(c.Cash).Money(value).Money(c.Financed).Money(c.ShortValue(prices, day)).Money(c.Interest).End();
                break;
            case ContractKind.Pledge:
                pledgeStatements.Text(c.Number).Date(asOf).Text(dialect.Code(PledgeStatus(c.Status)))
                    .Whole(pledged).Money(c.Financed + c.Interest).Money(pledged == 0 ? 0 : value).End();
                break;
            default:
                repo.Text(c.Number).Date(asOf).Text(dialect.Code(PledgeStatus(c.Status))).Text(c.Account.Client.ClientNo)
                    .Text(securities[c.Collateral[0].Security].Code).Whole(pledged).Money(c.Principal)
                    .Money(c.Financed + c.Interest).Ratio(c.AnnualRate).Date(c.OpenedOn).Date(c.DueOn).End();
                break;
        }
    }

    public void Event(CreditContract c, string kind, DateOnly day, double amount, double? ratio) => events
        .Text(Number("E", ++eventNo)).Text(c.Account.Client.ClientNo).Text(c.Number).Text(dialect.Code(kind))
        .Date(day).Money(amount).Ratio(ratio).End();

    public void Dispose()
    {
        foreach (var file in All) file.Dispose();
    }

    private string Number(string prefix, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}{broker.Index + 1:000}{number:0000000}");

    private static string MarginStatus(ContractStatus status) => status switch
    {
        ContractStatus.Open => "OPEN",
        ContractStatus.Called => "CALLED",
        ContractStatus.Overdue => "OVERDUE",
        ContractStatus.Closed => "CLOSED",
        ContractStatus.Liquidated => "LIQUIDATED",
        _ => "DEFAULTED",
    };

    private string PledgeStatus(ContractStatus status) => status switch
    {
        ContractStatus.Open or ContractStatus.Called => "OPEN",
        ContractStatus.Overdue => "OVERDUE",
        ContractStatus.Closed => dialect == BrokerDialect.Hanzi ? "REPURCHASED" : "CLOSED",
        _ => "DISPOSAL",
    };
}
