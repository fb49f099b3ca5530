using GraphRisk.Intake.Import;

namespace GraphRisk.Intake.Tests.Import;

/// <summary>Relationships that land before what they name are told, listed, and count when it arrives.</summary>
internal sealed class OpenEndsTests
{
    private const string Clients = "client_no,name,former_name,kind,id_type,id_number,id_expires,birth_date,sex,phone,address,region,opened_on\n";
    private const string Accounts = "account_no,client_no,kind,opened_on,closed_on\n";

    [Test]
    public async Task ATieWhoseEndNobodyDescribesIsToldAndCountsWhenItArrives()
    {
        using var bench = new ImportBench();
        var positions = bench.Write("1/brokers/B001/positions.csv", "account_no,security_code,quantity,as_of\nA1,600519.SH,100,2024-06-28\nA1,000001.SZ,100,2024-06-28\nA2,600519.SH,5,2024-06-28\n");
        var report = await bench.Import(null, positions);
        Assert.That(report.OpenEnds.Select(end => (end.Relationship, end.Type, end.Nodes, end.Examples[0])), Is.EqualTo(new[]
        {
            ("POSITION", "Account", 2L, "Account/broker-B001:A1"), ("POSITION", "Security", 2L, "Security/600519.SH"),
        }));
        var clients = bench.Write("2/brokers/B001/clients.csv", $"{Clients}1,张伟,,PERSON,,,,1955-02-03,M,139,,33,2020-01-01\n");
        var accounts = bench.Write("2/brokers/B001/accounts.csv", Accounts + "A1,1,CREDIT,2020-01-01,\n");
        await bench.Import(null, clients, accounts);
        Assert.That((await OpenEnd.InStoreAsync(bench.Store, 10, default)).Where(end => end.Type == "Account").Select(end => string.Join(' ', end.Examples)), Is.EqualTo(new[] { "Account/broker-B001:A2" }));
        Assert.That((await bench.Import(null, bench.Write("3/brokers/B001/positions.csv", "account_no,security_code,quantity,as_of\nA1,600519.SH,100,2024-06-29\n"))).OpenEnds.Select(end => end.Type), Is.EqualTo(new[] { "Security" }), "the store describes the account");
    }
}
