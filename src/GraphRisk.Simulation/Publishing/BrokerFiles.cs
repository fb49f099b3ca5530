using System.Globalization;
using GraphRisk.Simulation.Credit;
using GraphRisk.Simulation.National;

namespace GraphRisk.Simulation.Publishing;

/// <summary>The files one broker delivers, and the numbers it gives out.</summary>
public sealed class BrokerFiles : IDisposable
{
    private readonly Broker _broker;
    private readonly BrokerDialect _dialect;
    private readonly IReadOnlyList<Security> _securities;
    private readonly PriceHistory _prices;
    private readonly CsvFile _clients, _accounts, _positions, _margin, _marginStatements, _pledge, _pledgeStatements, _repo, _events, _logins;
    private long _clientNo, _accountNo, _contractNo, _eventNo;

    public BrokerFiles(string folder, Broker broker, NationalLayer nation)
    {
        _broker = broker;
        _dialect = broker.Hanzi ? BrokerDialect.Hanzi : BrokerDialect.Latin;
        (_securities, _prices) = (nation.Securities, nation.Prices);
        var home = Path.Combine(folder, "brokers", broker.Code);
        Directory.CreateDirectory(home);
        _clients = _dialect.Open(home, "clients");
        _accounts = _dialect.Open(home, "accounts");
        _positions = _dialect.Open(home, "positions");
        _margin = _dialect.Open(home, "margin");
        _marginStatements = _dialect.Open(home, "margin_statements");
        _pledge = _dialect.Open(home, "pledge");
        _pledgeStatements = _dialect.Open(home, "pledge_statements");
        _repo = _dialect.Open(home, "repo");
        _events = _dialect.Open(home, "events");
        _logins = _dialect.Open(home, "logins");
    }

    private IEnumerable<CsvFile> All =>
        [_clients, _accounts, _positions, _margin, _marginStatements, _pledge, _pledgeStatements, _repo, _events, _logins];

    public long Rows => All.Sum(f => f.Rows);

    public string NextClientNo() => Number("", ++_clientNo);

    public string NextAccountNo(bool credit) => Number(credit ? "8" : "1", ++_accountNo);

    public string NextContractNo(ContractKind kind) => Number(kind.ToString()[..1], ++_contractNo);

    public void Client(ClientRelation client, ClientCard card) => _clients
        .Text(client.ClientNo).Text(card.Name).Text(card.FormerName).Text(_dialect.Code(card.Kind))
        .Text(_dialect.Code(card.IdType)).Text(card.IdNumber).Date(card.IdExpires).Date(card.BirthDate)
        .Text(_dialect.Code(card.Sex)).Text(card.Phone).Text(card.Address).Text(client.Party.Place.Region)
        .Date(client.OpenedOn).End();

    public void Account(Account account) => _accounts
        .Text(account.Number).Text(account.Client.ClientNo).Text(_dialect.Code(account.Credit ? "CREDIT" : "ORDINARY"))
        .Date(account.OpenedOn).Date(account.ClosedOn).End();

    public void Login(Account account, string device, DateOnly firstSeen) =>
        _logins.Text(account.Number).Text(device).Date(firstSeen).End();

    /// <summary>States the lot unless the last statement said the same.</summary>
    public void Position(Account account, Lot lot, DateOnly asOf)
    {
        if (lot.Stated == lot.Quantity) return;
        lot.Stated = lot.Quantity;
        _positions.Text(account.Number).Text(_securities[lot.Security].Code).Whole(lot.Quantity).Date(asOf).End();
    }

    public void Contract(CreditContract c)
    {
        var client = c.Account.Client;
        if (c.Kind == ContractKind.Margin)
            _margin.Text(c.Number).Text(c.Account.Number).Date(c.OpenedOn).Date(c.DueOn)
                .Money(Math.Ceiling(c.Principal * 1.5 / 1e4) * 1e4).Ratio(c.AnnualRate).Ratio(c.CallLine).Ratio(c.OtherLine).End();
        else if (c.Kind == ContractKind.Pledge)
            _pledge.Text(c.Number).Text(client.ClientNo).Text(c.Account.Number).Text(_securities[c.Collateral[0].Security].Code)
                .Money(c.Principal).Ratio(c.AnnualRate).Date(c.OpenedOn).Date(c.DueOn).Ratio(c.OtherLine).Ratio(c.CallLine).End();
    }

    public void Statement(CreditContract c, int day, DateOnly asOf)
    {
        var value = c.CollateralValue(_prices, day);
        switch (c.Kind)
        {
            case ContractKind.Margin:
                _marginStatements.Text(c.Number).Date(asOf).Text(_dialect.Code(MarginStatus(c.Status)))
                    .Money(c.Cash).Money(value).Money(c.Financed).Money(c.ShortValue(_prices, day)).Money(c.Interest).End();
                break;
            case ContractKind.Pledge:
                _pledgeStatements.Text(c.Number).Date(asOf).Text(_dialect.Code(PledgeStatus(c.Status)))
                    .Whole(c.Collateral[0].Quantity).Money(c.Financed + c.Interest).Money(value).End();
                break;
            default:
                _repo.Text(c.Number).Date(asOf).Text(_dialect.Code(PledgeStatus(c.Status))).Text(c.Account.Client.ClientNo)
                    .Text(_securities[c.Collateral[0].Security].Code).Whole(c.Collateral[0].Quantity).Money(c.Principal)
                    .Ratio(c.AnnualRate).Date(c.OpenedOn).Date(c.DueOn).End();
                break;
        }
    }

    public void Event(CreditContract c, string kind, DateOnly day, double amount, double? ratio) => _events
        .Text(Number("E", ++_eventNo)).Text(c.Account.Client.ClientNo).Text(c.Number).Text(_dialect.Code(kind))
        .Date(day).Money(amount).Ratio(ratio).End();

    public void Dispose()
    {
        foreach (var file in All) file.Dispose();
    }

    private string Number(string prefix, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}{_broker.Index + 1:000}{number:0000000}");

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
        ContractStatus.Closed => _dialect == BrokerDialect.Hanzi ? "REPURCHASED" : "CLOSED",
        _ => "DISPOSAL",
    };
}
