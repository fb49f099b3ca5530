using GraphRisk.Intake.Import;
using GraphRisk.TestKit;

namespace GraphRisk.Intake.Tests.Import;

public sealed class FinBenchImportTests
{
    /// <summary>What each file's rows become; a person and a company may own accounts and hold shares alike.</summary>
    private static readonly (string Type, string[] Files)[] Counts =
    [
        ("Person", ["Person"]), ("Company", ["Company"]), ("Account", ["Account"]), ("Loan", ["Loan"]), ("Device", ["Medium"]),
        ("TRANSFERRED", ["AccountTransferAccount"]), ("WITHDREW", ["AccountWithdrawAccount"]), ("REPAID", ["AccountRepayLoan"]),
        ("PAID_OUT", ["LoanDepositAccount"]), ("SIGNED_IN", ["MediumSignInAccount"]), ("OWNS_ACCOUNT", ["PersonOwnAccount", "CompanyOwnAccount"]),
        ("APPLIED_FOR", ["PersonApplyLoan", "CompanyApplyLoan"]), ("HOLDS", ["PersonInvestCompany", "CompanyInvestCompany"]),
        ("GUARANTEES", ["PersonGuaranteePerson", "CompanyGuaranteeCompany"]),
    ];

    [Test]
    public async Task TheSnapshotHasAsManyOfEachTypeAsItsFilesHaveRows()
    {
        var folder = SharedData.Require("data/finbench/snapshot");
        using var bench = new ImportBench();
        var report = await bench.Import(null, folder);
        Assert.That(bench.Quarantine.List(), Is.Empty);
        Assert.That(report.Files.Select(file => file.Reason), Is.All.Null);
        foreach (var (type, files) in Counts)
        {
            var rows = files.Sum(file => File.ReadLines(Path.Combine(folder, $"{file}.csv")).Count() - 1);
            Assert.That(bench.Store.Facts.Count(fact => fact.Type == type), Is.EqualTo(rows), type);
        }
    }

    [Test]
    public async Task APersonAndACompanyMayShareAnIdAndIdsAboveTwoToThe53AreExact()
    {
        using var bench = new ImportBench();
        bench.Write("Person.csv", "personId|personName|isBlocked|createTime\n4900000000000000001|Ann|false|2020-01-01 18:14:47.133\n");
        bench.Write("Company.csv", "companyId|companyName|isBlocked|createTime\n4900000000000000001|Acme \"Ltd\"|true|2020-01-01 18:14:47.1\n");
        await bench.Import();
        Assert.That(bench.Store.Node("Person/finbench:4900000000000000001").Properties.ToString(), Does.Contain("name: Ann"));
        Assert.That(bench.Store.Node("Company/finbench:4900000000000000001").Properties.ToString(), Does.Contain("Acme \"Ltd\"").And.Contain("blocked: true"));
    }

    [Test]
    public async Task RowsThatAgreeInEverythingAreAllKeptAndImportingThemTwiceAddsNone()
    {
        using var bench = new ImportBench();
        const string row = "1|2|5.50|2020-06-29 02:33:46.538\n";
        bench.Write("AccountTransferAccount.csv", "fromId|toId|amount|createTime\n" + row + row + row + "1|2|6|2020-06-29 02:33:46.538\n");
        await bench.Import();
        await bench.Import();
        Assert.That(bench.Store.Edges("TRANSFERRED").Count(), Is.EqualTo(4));
        Assert.That(bench.Store.Edges("TRANSFERRED").Select(edge => edge.Key).Distinct().Count(), Is.EqualTo(4));
    }

    [Test]
    public async Task ColumnsOfOneNameAreReadByTheirPosition()
    {
        using var bench = new ImportBench();
        bench.Write("account_transfer_account_0_0.csv", "accountId|accountId|timestamp|amount\n7|8|2020-06-29 02:33:46.538|1.5\n");
        await bench.Import();
        var transfer = bench.Store.Edges("TRANSFERRED").Single();
        Assert.That($"{transfer.From} {transfer.To}", Is.EqualTo("Account/finbench:7 Account/finbench:8"));
    }

    [Test]
    public async Task TheIncrementalInsertsAreReadWithTheirTimesInMilliseconds()
    {
        var folder = SharedData.Require("data/finbench/incremental");
        using var bench = new ImportBench();
        var report = await bench.Import(null, folder);
        var passedOver = report.Files.Where(file => file.Reason is not null).Select(file => Path.GetFileName(file.Path));
        Assert.That(passedOver, Is.EquivalentTo(new[] { "DeleteAccountWrite17.csv" }));
        Assert.That(bench.Quarantine.List().Select(entry => entry.Reason), Is.Empty);
        Assert.That(report.Files.Where(file => file.Reason is null).Sum(file => file.Landed), Is.EqualTo(report.Rows).And.GreaterThan(1000));
        Assert.That(bench.Store.Edges("TRANSFERRED").Select(edge => edge.Validity.From.Year), Is.All.EqualTo(2022).Or.EqualTo(2023));
    }
}
