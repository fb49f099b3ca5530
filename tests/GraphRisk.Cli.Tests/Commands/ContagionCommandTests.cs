using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using GraphRisk.Cli.Contagion;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Commands;

/// <summary>Every method over small networks from CSV: the figures, the terms, and what is said of wrong files.</summary>
public sealed partial class ContagionCommandTests
{
    private readonly TemporaryFolder folder = new();

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task EveryExampleOfItsHelpRunsAndTellsTheSameTwice()
    {
        var help = (await CommandRun.OfAsync("contagion", "--help")).Out;
        var examples = Example().Matches(help).Select(line => line.Groups[1].Value.Trim().Split(' ')).ToList();
        Assert.That(examples.Select(words => words[Array.IndexOf(words, "--method") + 1]).Distinct(), Is.EquivalentTo(Method().Matches(help).Select(line => line.Groups[1].Value)), "an example of each method");
        foreach (var words in examples)
        {
            string[] typed = [.. words.Select(word => word.StartsWith("samples/", StringComparison.Ordinal) ? Repository.PathOf(word) : word)];
            var (run, again) = (await CommandRun.OfAsync(typed), await CommandRun.OfAsync(typed));
            Assert.That(run.ExitCode, Is.Zero, run.Error);
            Assert.That(again.Out, Is.EqualTo(run.Out));
            using var answer = JsonDocument.Parse(run.Out);
            Assert.That(answer.RootElement.GetProperty("nodes").GetArrayLength(), Is.Positive, string.Join(' ', words));
            Assert.That(answer.RootElement.GetProperty("edges").GetArrayLength(), Is.Positive, string.Join(' ', words));
        }
    }

    [TestCase("debtor,creditor,amount")]
    [TestCase("From;To;Amount")]
    [TestCase("Borrower,Lender,Exposure")]
    [TestCase("SOURCE\tTARGET\tWEIGHT")]
    public async Task ClearingIsThatOfTheSharedCaseUnderWhateverNames(string header)
    {
        var delimiter = header.First(letter => !char.IsLetter(letter));
        var one = Cases.Read("contagion.json").GetProperty("eisenbergNoe")[0];
        var lines = Cases.Matrix(one.GetProperty("L")).SelectMany((row, i) => row.Select((amount, j) => $"F{i}{delimiter}F{j}{delimiter}{Text(amount)}"));
        var network = Write("clearing.csv", [header, .. lines]);
        var (outside, assets) = (Cases.Numbers(one.GetProperty("outside")), Cases.Numbers(one.GetProperty("assets")));
        var nodes = Write("clearing-nodes.csv", ["Id,External Assets,outside_debt", .. assets.Select((amount, i) => $"F{i},{Text(amount)},{Text(outside[i])}")]);
        using var answer = await AskAsync("--method", "clearing", "--network", network, "--nodes", nodes);
        var payments = answer.RootElement.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("payment").GetDouble());
        Assert.That(payments, Is.EqualTo(Cases.Numbers(one.GetProperty("payments"))).Within(1e-9));
        var totals = answer.RootElement.GetProperty("totals");
        var unpaid = totals.GetProperty("owed").GetDouble() - totals.GetProperty("paid").GetDouble();
        Assert.That(totals.GetProperty("lossInside").GetDouble() + totals.GetProperty("lossOutside").GetDouble(), Is.EqualTo(unpaid).Within(1e-9));
        AssertTermsAddUp(answer, "loss", "loss");
    }

    [Test]
    public async Task WhatAGuarantorCannotPayFallsOnThoseWithoutAgreedShares()
    {
        // D lacks 90, guaranteed by A, B and C for 30 each; A and C have nothing. Only A's share moves to B.
        var network = Write("joint.csv", ["guarantor,debtor,kind", "A,D,连带责任", "B,D,Joint and several", "C,D,按份保证"]);
        var nodes = Write("joint-nodes.csv", ["node,assets,debt", "D,10,100", "A,0,0", "B,200,0", "C,0,0"]);
        using var answer = await AskAsync("--method", "guarantee-calls", "--network", network, "--nodes", nodes);
        var told = answer.RootElement.GetProperty("nodes").EnumerateArray().ToDictionary(node => node.GetProperty("node").GetString()!);
        Assert.That(new[] { "A", "B", "C" }.Select(node => told[node].GetProperty("call").GetDouble()), Is.EqualTo(new[] { 0.0, 60, 30 }).Within(1e-9));
        Assert.That(told["B"].GetProperty("recourse").GetDouble(), Is.EqualTo(30).Within(1e-9));
        Assert.That(answer.RootElement.GetProperty("totals").GetProperty("lossOutside").GetDouble(), Is.EqualTo(30).Within(1e-9));
        AssertTermsAddUp(answer, "call", "call");
    }

    [TestCase("debtrank", new[] { 0.5, 1.6, 1.85 })]
    [TestCase("single-hit", new[] { 0.03, 0.12, 0.205 })]
    [TestCase("debtrank-threshold", new[] { 0, 0, 0.1 })]
    public async Task DebtRankIsThatOfTheSharedCase(string method, double[] uncapped)
    {
        using var answer = await AskAsync(
            "--method", method, "--network", Sample("three-banks.csv"), "--nodes", Sample("three-banks-nodes.csv"), "--shock", Sample("three-banks-shock.csv"));
        var nodes = answer.RootElement.GetProperty("nodes").EnumerateArray().ToList();
        Assert.That(nodes.Select(node => node.GetProperty("uncapped").GetDouble()), Is.EqualTo(uncapped).Within(1e-9));
    }

    [Test]
    public async Task ALossInMoneyIsTheShareOfEquityAndAChangeTellsBothLosses()
    {
        var shock = Write("money.csv", ["node,loss", "B3,0.2"]);
        using var answer = await AskAsync(
            "--method", "linear", "--network", Sample("three-banks.csv"), "--nodes", Sample("three-banks-nodes.csv"), "--shock", shock, "--changes", Sample("three-banks-changes.csv"));
        using var whole = await AskAsync("--method", "linear", "--network", Write("changed.csv",
            ["lender,borrower,exposure", "B1,B2,1", "B1,B3,0.5", "B2,B1,10", "B2,B3,1", "B3,B1,3", "B3,B2,2"]), "--nodes", Sample("three-banks-nodes.csv"), "--shock", shock);
        Assert.That(Each(answer, "uncapped"), Is.EqualTo(new[] { 0.5, 1.6, 1.85 }).Within(1e-9));
        Assert.That(Each(answer, "lossShareAfterChanges"), Is.EqualTo(Each(whole, "lossShare")).Within(1e-9));
    }

    [Test]
    public async Task FireSalesAndMarginCallsAreThoseOfTheSharedCases()
    {
        using var sale = await AskAsync("--method", "fire-sale", "--network", Sample("funds.csv"), "--nodes", Sample("funds-nodes.csv"), "--shock", Sample("funds-shock.csv"));
        Assert.That(Each(sale, "sold"), Is.EqualTo(new[] { 27.0, 38.0 }).Within(1e-9));
        Assert.That(Each(sale, "loss"), Is.EqualTo(new[] { 4.724, 14.136 }).Within(1e-9));
        Assert.That(sale.RootElement.GetProperty("totals").GetProperty("aggregateVulnerability").GetDouble(), Is.EqualTo(0.943).Within(1e-9));
        AssertTermsAddUp(sale, "loss", "loss");
        using var spiral = await AskAsync("--method", "margin-spiral", "--call-line", "1.3", "--restore-to", "1.4", "--depth", "20000",
            "--network", Write("one.csv", ["account,stock,value", "A,S,1000", "B,S,2000"]), "--nodes", Write("one-nodes.csv", ["account,debt", "A,700", "B,1500"]),
            "--shock", Write("one-shock.csv", ["stock,move", "S,-0.03"]));
        Assert.That(Each(spiral, "sold"), Is.EqualTo(new[] { 0.0, 400.0 }).Within(1e-9));
        Assert.That(Each(spiral, "ratio"), Is.EqualTo(new[] { 1.358, 1.372 }).Within(1e-9));
        Assert.That(Each(spiral, "priceFactor"), Is.EqualTo(new[] { 0.9506 }).Within(1e-9));
        AssertTermsAddUp(spiral, "loss", "loss");
    }

    [Test]
    public async Task ANamedNodeIsMadeToDefaultAndTakesWhomItTakes()
    {
        var network = Write("chain.csv", ["from,to,amount", "A,B,10", "B,C,10"]);
        var nodes = Write("chain-nodes.csv", ["node,capital", "A,5", "B,8", "C,11", "D,1"]);
        using var answer = await AskAsync("--method", "cascade", "--network", network, "--nodes", nodes, "--shock", Write("chain-shock.csv", ["node,default", "A,yes"]));
        var rounds = answer.RootElement.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("defaultRound")).Select(round => round.ValueKind == JsonValueKind.Null ? -1 : round.GetInt32());
        Assert.That(rounds, Is.EqualTo(new[] { 0, 1, -1, -1 }));
    }

    [TestCase("from,to,amount\nA,B,ten", "", "", "net.csv, line 2, amount: 'ten' is not a number")]
    [TestCase("from;to;amount\nA;B;0,5", "", "", "net.csv, line 2, amount: '0,5' is not a number: commas part thousands")]
    [TestCase("from;to;amount\nA;B;1,000,00", "", "", "'1,000,00' is not a number: commas part thousands")]
    [TestCase("from,to,amount\nA,B,1\nA,,2", "", "", "net.csv, line 3, to: '' is empty")]
    [TestCase("from,to,amount\nA,B,-1", "", "", "line 2, amount: '-1' is below 0")]
    [TestCase("from,to\nA,B", "", "", "net.csv, line 1: there is no column 'amount' (or owed")]
    [TestCase("from,to,amount\nA,B,1,2", "", "", "line 2: 4 fields stand under 3 columns")]
    [TestCase("", "", "", "the file is empty")]
    [TestCase("from,to,amount\nA,B,1", "node,equity\nA,1\nA,2", "", "nodes.csv, line 3, node: 'A' has a row already")]
    [TestCase("from,to,amount\nA,B,1", "node,equity\nA,1", "node,shock\nX,0.5", "shock.csv, line 2, node: 'X' is no node of the network")]
    [TestCase("from,to,amount\nA,B,1", "node,equity\nA,1", "node,shock\nA,1.5", "shock.csv, line 2, shock: '1.5' is above 1")]
    [TestCase("from,to,amount\nA,B,1", "node,equity\nA,1", "node,default\nA,perhaps", "default: 'perhaps' is neither yes nor no")]
    [TestCase("from,to,amount\nA,B,1", "node,weight\nA,1", "", "needs a column 'assets' or 'equity'")]
    [TestCase("from,to,amount\nA,B,1e308", "node,equity\nA,1", "", "net.csv, line 2, amount: '1e308' is above 1E+18")]
    [TestCase("from,to,amount\nA,B,1e-300", "node,equity\nA,1", "", "net.csv, line 2, amount: '1e-300' is nearer to 0 than 1E-30")]
    [TestCase("from,to,amount\nA,B,1", "node,equity\nA,-1e19", "", "nodes.csv, line 2, equity: '-1e19' is below -1E+18")]
    [TestCase("from,to,amount,Amount\nA,B,1,2", "node,equity\nA,1", "", "net.csv, line 1: there are 2 columns 'amount' and 'Amount'")]
    [TestCase("from,to,amount\nA,B,1\nB,B,2", "node,equity\nA,1", "", "net.csv, line 3, to: 'B' owes itself")]
    public async Task AWrongFileIsNamedWithLineFieldAndReason(string network, string nodes, string shock, string reason)
    {
        List<string> typed = ["contagion", "--method", "debtrank", "--network", Write("net.csv", network.Split('\n', StringSplitOptions.RemoveEmptyEntries))];
        if (nodes.Length > 0) typed.AddRange(["--nodes", Write("nodes.csv", nodes.Split('\n'))]);
        if (shock.Length > 0) typed.AddRange(["--shock", Write("shock.csv", shock.Split('\n'))]);
        var run = await CommandRun.OfAsync([.. typed]);
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error.Trim(), Does.StartWith("graphrisk: ").And.Contain(reason));
        Assert.That(run.Out, Is.Empty);
    }

    [TestCase("eisenberg-noe")]
    [TestCase("rogers-veraart")]
    [TestCase("default-cascade")]
    [TestCase("debtrank")]
    [TestCase("debtrank-single-hit")]
    [TestCase("debtrank-differential")]
    public async Task AmountsWhoseSumIsNoNumberAreRefusedByEveryMethodOfDebts(string method)
    {
        var network = Write("vast.csv", ["from,to,amount", "A,B,1e308", "C,B,1e308", "A,C,1e308"]);
        var nodes = Write("vast-nodes.csv", ["node,assets", "A,1e308", "B,1", "C,0"]);
        var run = await CommandRun.OfAsync("contagion", "--method", method, "--network", network, "--nodes", nodes);
        Assert.That((run.ExitCode, run.Out), Is.EqualTo((1, "")));
        Assert.That(run.Error, Does.Contain("vast-nodes.csv, line 2, assets: '1e308' is above 1E+18"));
    }

    [TestCase("node 'A': loss", false)]
    [TestCase("the edge from 'A' to 'B': loss", true)]
    public void AFigureThatGrewBeyondTheNumbersIsRefusedByItsNode(string named, bool isOfEdge)
    {
        var node = ContagionReport.Record(("node", "A"), ("loss", isOfEdge ? 1.0 : double.PositiveInfinity), ("name", null));
        var edge = ContagionReport.Record(("from", "A"), ("to", "B"), ("loss", double.NaN));
        var report = new ContagionReport("debtrank", 1, true, ContagionReport.Record(("loss", 1.0)), [node], [edge]);
        Assert.That(report.Finite, Throws.TypeOf<UserErrorException>().With.Message.StartsWith($"{named} grows beyond what a number holds"));
        Assert.That((report with { Edges = [], Nodes = [] }).Finite().Method, Is.EqualTo("debtrank"));
    }

    [TestCase("--rounds", "99999999999")]
    [TestCase("--top", "99999999999")]
    [TestCase("--rounds", "0")]
    [TestCase("--top", "two")]
    [TestCase("--recovery", "half")]
    [TestCase("--depth", "1e-300")]
    public async Task ANumberThatIsNoneOfTheOptionIsAnErrorOfUsage(string option, string typed)
    {
        var run = await CommandRun.OfAsync("contagion", "--method", "cascade", "--network", Sample("ties.csv"), option, typed);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain($"{option} is a ").And.Contain($"not '{typed}'").And.Not.Contain("System."));
    }

    [TestCase("guarantees", "guarantor,debtor,coverage\nA,A,0.5", "guarantees itself")]
    [TestCase("propagation", "from,to,weight\nA,A,0.5", "bears its own failure")]
    public async Task NobodyIsTiedToItself(string method, string network, string reason)
    {
        var run = await CommandRun.OfAsync("contagion", "--method", method, "--network", Write("loop.csv", network.Split('\n')));
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.Contain(reason));
    }

    [Test]
    public async Task NamesInGbkAreReadAsInUtf8AndBrokenBytesAreRefused()
    {
        var gbk = System.Text.CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
        string[] network = ["债务人,from,to,amount", "x,甲公司,乙银行,3"];
        File.WriteAllLines(folder.PathOf("gbk.csv"), network, gbk);
        File.WriteAllLines(folder.PathOf("gbk-nodes.csv"), ["node,assets", "甲公司,1", "乙银行,2"], gbk);
        using var answer = await AskAsync("--method", "clearing", "--network", folder.PathOf("gbk.csv"), "--nodes", folder.PathOf("gbk-nodes.csv"));
        Assert.That(answer.RootElement.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("node").GetString()), Is.EqualTo(new[] { "甲公司", "乙银行" }));
        File.WriteAllBytes(folder.PathOf("broken.csv"), [.. "from,to,amount\n甲,乙,3\nA,"u8, 0xFF, .. ",1\n"u8]);
        var run = await CommandRun.OfAsync("contagion", "--method", "clearing", "--network", folder.PathOf("broken.csv"), "--nodes", folder.PathOf("gbk-nodes.csv"));
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.Contain("broken.csv, at or after line 1: a byte is neither of UTF-8 nor of GB 18030"));
    }

    [Test]
    public async Task AnUnknownMethodIsToldTheKnownOnes()
    {
        var run = await CommandRun.OfAsync("contagion", "--method", "guess", "--network", Sample("ties.csv"));
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.Contain("'guess' is no method").And.Contain("margin-spiral"));
        Assert.That((await CommandRun.OfAsync("contagion", "--method", "cascade", "--network", Sample("ties.csv"), "--recovery", "2")).ExitCode, Is.EqualTo(2));
    }

    private static void AssertTermsAddUp(JsonDocument answer, string ofNode, string ofEdge)
    {
        foreach (var node in answer.RootElement.GetProperty("nodes").EnumerateArray().Where(node => node.TryGetProperty(ofNode, out _)))
        {
            var terms = answer.RootElement.GetProperty("edges").EnumerateArray().Where(edge => edge.GetProperty("to").GetString() == node.GetProperty("node").GetString());
            Assert.That(terms.Sum(edge => edge.GetProperty(ofEdge).GetDouble()), Is.EqualTo(node.GetProperty(ofNode).GetDouble()).Within(1e-9));
        }
    }

    private static IEnumerable<double> Each(JsonDocument answer, string field) => answer.RootElement.GetProperty("nodes").EnumerateArray()
        .Where(node => node.TryGetProperty(field, out _)).Select(node => node.GetProperty(field).GetDouble());

    private static async Task<JsonDocument> AskAsync(params string[] typed)
    {
        var run = await CommandRun.OfAsync(["contagion", .. typed]);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        return JsonDocument.Parse(run.Out);
    }

    private static string Sample(string file) => Repository.PathOf("samples", "networks", file);

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    private string Write(string file, IEnumerable<string> lines)
    {
        File.WriteAllLines(folder.PathOf(file), lines);
        return folder.PathOf(file);
    }

    [GeneratedRegex(@"^  graphrisk (contagion .*)$", RegexOptions.Multiline)]
    private static partial Regex Example();

    [GeneratedRegex(@"^    ([a-z-]+): ", RegexOptions.Multiline)]
    private static partial Regex Method();
}
