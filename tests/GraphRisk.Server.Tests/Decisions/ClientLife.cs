using System.Globalization;
using System.Text;
using System.Text.Json;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Intake.Import.Quarantine;
using GraphRisk.Server.Import;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Served;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Decisions;

/// <summary>
/// The market of one client, 何建 of B001, whose whole life is lived over GraphQL: records are imported with a mutation, a clock goes from day to day, and each move is tried first by everybody who may not
/// make it, which must be refused and record nothing.
/// </summary>
internal sealed class ClientLife : IAsyncDisposable
{
    public const string Client = "Person/broker-B001:0010000001";

    public static readonly Viewer Li = Officer("li"), Wang = Officer("wang"), Own = ServedGraph.Client(Client);
    public static readonly Viewer Supervisor = ServedGraph.As(Role.Regulator, null, "supervision", "a test needs to see") with { Subject = "zhao" };

    private static readonly Viewer[] All =
    [
        Li, Own, Supervisor, ServedGraph.Analyst, ServedGraph.As(Role.Broker, "Broker/B002", "admission", "a test needs to see") with { Subject = "sun" }, ServedGraph.Client("Person/broker-B001:0010000002"),
    ];

    private readonly TemporaryFolder folder = new();
    private readonly QuarantineLog quarantine;
    private readonly SteppedClock clock = new(new DateTimeOffset(2025, 8, 29, 10, 0, 0, TimeSpan.Zero));
    private int keys;

    private ClientLife(GraphRisk.Scoring.Models.CreditModel? model)
    {
        quarantine = QuarantineLog.Open(folder.PathOf("quarantine"));
        Served = ServedGraph.Over(new InMemoryGraphStore(MarketSketch.Catalog), made => made with
        {
            Clock = clock, Today = null, FollowsData = true, Model = model, Import = new ImportDependencies(MappingSet.Load(MarketSketch.Catalog), quarantine, folder.PathOf("import")),
        });
    }

    public ServedGraph Served { get; }

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>A market of two brokers up to 2025-08-29: 90 trading days of prices, 何建 with shares and no contract, 冯丽 with a margin contract.</summary>
    public static async Task<ClientLife> BeginAsync(GraphRisk.Scoring.Models.CreditModel? model)
    {
        var life = new ClientLife(model);
        await life.DeliverAsync("brokers/brokers.csv", "broker_code,name,region,net_capital,dialect\nB001,锦远证券股份有限公司,11,15755730736.00,latin\nB002,越航泰证券股份有限公司,51,27277976583.00,latin\n");
        await life.DeliverAsync("exchange/issuers.csv", "uscc,name,short_name,industry,region,listed_on\n91500103MAJ00YYK4B,重庆海达益精密仪器股份有限公司,海达益精密,装备制造,50,2010-09-14\n");
        await life.DeliverAsync("exchange/securities.csv", "security_code,name,kind,issuer_uscc,board,total_shares,float_shares,haircut,listed_on\n000001.SZ,海达益精密,A_SHARE,91500103MAJ00YYK4B,SZSE,581663700,462125300,0.7000,2010-09-14\n");
        await life.DeliverAsync("brokers/B001/clients.csv", """
            client_no,name,former_name,kind,id_type,id_number,id_expires,birth_date,sex,phone,address,region,opened_on,closed_on
            0010000001,何建,,PERSON,RESIDENT_ID,370202197412010096,,1974-12-01,M,17091451112,杭州市西湖区学府路693号18栋601室,33,2013-02-15,
            0010000002,冯丽,,PERSON,RESIDENT_ID,370102197612230266,,,F,18030023043,苏州市虎丘区学府路127号6栋2707室,32,2017-06-19,
            """);
        await life.DeliverAsync("brokers/B001/accounts.csv", """
            account_no,client_no,kind,opened_on,closed_on
            10010000001,0010000001,ORDINARY,2013-02-15,
            80010000001,0010000001,CREDIT,2013-02-15,
            80010000002,0010000002,CREDIT,2017-06-19,
            """);
        await life.DeliverAsync("brokers/B001/positions.csv", "account_no,security_code,quantity,as_of\n10010000001,000001.SZ,100000,2025-04-01\n");
        var days = Enumerable.Range(0, 151).Select(new DateOnly(2025, 4, 1).AddDays).Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));
        await life.DeliverAsync("exchange/prices.csv", "security_code,trade_date,close,suspended\n" + string.Concat(days.Select(day => $"000001.SZ,{day:yyyy-MM-dd},{20 + (day.DayNumber % 5 / 10m)},0\n")));
        await life.DeliverAsync("brokers/B001/margin.csv", "contract_no,account_no,opened_on,due_on,credit_line,annual_rate,call_line,liquidation_line\nM0010000002,80010000002,2025-04-01,2026-03-31,370000.00,0.0614,1.3500,1.1500\n");
        await life.StateAsync("M0010000002", new(2025, 8, 29), financed: 100_000m, collateral: 500_000m);
        return life;
    }

    /// <summary>Lays records down as a source delivers them, beside what it delivered before, and has them imported.</summary>
    public async Task DeliverAsync(string file, string records)
    {
        var path = folder.PathOf($"import/{file}");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, records);
        var answer = await Served.Ask(Supervisor, "mutation($file: String!) { importFiles(paths: [$file]) { quarantined job { state } files { reason } } }", JsonSerializer.Serialize(new { file }));
        Assert.That((answer.TextAt("importFiles.job.state"), answer.At("importFiles.quarantined").GetInt64()), Is.EqualTo(("DONE", 0)), () => $"{file}: {answer.GetRawText()}");
    }

    /// <summary>The statement of a margin contract at the close of a day.</summary>
    public Task StateAsync(string contract, DateOnly day, decimal financed, decimal collateral, string status = "OPEN") => DeliverAsync(
        "brokers/B001/margin_statements.csv",
        string.Create(CultureInfo.InvariantCulture, $"contract_no,as_of,status,cash,collateral_value,financed,short_value,interest\n{contract},{day:yyyy-MM-dd},{status},0.00,{collateral:0.00},{financed:0.00},0.00,0.00\n"));

    /// <summary>The price of a day, and the morning after it.</summary>
    public async Task TradeAsync(DateOnly day, decimal close)
    {
        clock.Turn(day);
        await DeliverAsync("exchange/prices.csv", string.Create(CultureInfo.InvariantCulture, $"security_code,trade_date,close,suspended\n000001.SZ,{day:yyyy-MM-dd},{close:0.00},0\n"));
    }

    public void Turn(DateOnly day) => clock.Turn(day);

    /// <summary>A command that some may give: everybody else is refused first, and the store is as it was.</summary>
    /// <param name="by">Who gives it.</param>
    /// <param name="command">The command with its arguments but the key, such as <c>takeWarning(warning: "...")</c>.</param>
    /// <param name="shown">What is asked of its answer.</param>
    /// <param name="also">Further people who may give it, and are not tried.</param>
    public async Task<JsonElement> DoAsync(Viewer by, string command, string shown, params Viewer[] also)
    {
        var (name, head) = (command[..command.IndexOf('(', StringComparison.Ordinal)], command.TrimEnd(')'));
        var version = (await Served.Store.GetVersionAsync()).Number;
        foreach (var other in All.Where(one => !IsLike(one, by) && !also.Any(allowed => IsLike(one, allowed))))
            Assert.That(
                await Served.Codes(other.Role == by.Role ? other with { Purpose = by.Purpose } : other, $"mutation {{ {head}, key: \"{++keys}\") {{ isNew }} }}"), Is.SubsetOf(new[] { "FORBIDDEN", "NOT_FOUND", "PURPOSE_NOT_ALLOWED" }).And.Not.Empty, $"{command} by {other.Role} {other.Of}");
        Assert.That((await Served.Store.GetVersionAsync()).Number, Is.EqualTo(version), $"{command}: who is refused records nothing");
        return (await Served.Ask(by, $"mutation {{ {head}, key: \"{++keys}\") {{ isNew {shown} }} }}")).GetProperty(name);
    }

    /// <summary>An officer of the broker with the purpose a step is for.</summary>
    public static Viewer For(Viewer officer, string purpose) => ServedGraph.As(officer.Role, officer.Of, purpose, officer.Reason) with { Subject = officer.Subject };

    public async ValueTask DisposeAsync()
    {
        await Served.DisposeAsync();
        quarantine.Dispose();
        folder.Dispose();
    }

    private static bool IsLike(Viewer one, Viewer other) => one.Role == other.Role && one.Of == other.Of;

    private static Viewer Officer(string person) => ServedGraph.As(Role.Broker, "Broker/B001", "admission", "a test needs to see") with { Subject = person };

    private sealed class SteppedClock(DateTimeOffset start) : TimeProvider
    {
        private DateTimeOffset now = start;

        public void Turn(DateOnly day) => now = Validity.StartOf(day).AddHours(10);

        public override DateTimeOffset GetUtcNow() => now = now.AddSeconds(1);

        public override long GetTimestamp() => now.Ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    }
}
