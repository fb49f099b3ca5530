using System.Text.Json;
using GraphRisk.Cli.Recovery.Printing;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Commands;

/// <summary>Applications and complaints from the command line: the same tables, rights and filing as over GraphQL.</summary>
public sealed class CaseCommandTests
{
    private readonly TemporaryFolder folder = new();
    private string client = "";
    private string broker = "";

    private string Data => folder.PathOf("data");

    [OneTimeSetUp]
    public async Task Import()
    {
        Assert.That((await CommandRun.OfAsync("generate", "--clients", "40", "--seed", "3", "--out", folder.PathOf("market"))).ExitCode, Is.Zero);
        Assert.That((await CommandRun.OfAsync("import", folder.PathOf("market"), "--data", Data)).ExitCode, Is.Zero);
        File.WriteAllText(folder.PathOf("question.graphql"), "{ brokers { nodes { code clients(first: 1) { nodes { id } } } } }");
        var answer = await CommandRun.OfAsync("query", folder.PathOf("question.graphql"), "--data", Data);
        var first = JsonDocument.Parse(answer.Out).RootElement.GetProperty("data").GetProperty("brokers").GetProperty("nodes").EnumerateArray()
            .First(one => one.GetProperty("clients").GetProperty("nodes").GetArrayLength() > 0);
        (broker, client) = (first.GetProperty("code").GetString()!, first.GetProperty("clients").GetProperty("nodes")[0].GetProperty("id").GetString()!);
    }

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task AnApplicationIsFiledAskedAboutAnsweredAndDeclined()
    {
        var filed = await RunAsync("application", "apply", "--client", client, "--product", "margin", "--amount", "500000", "--term-in-days", "180", "--key", "one", "--json");
        var reference = JsonDocument.Parse(filed).RootElement.GetProperty("application").GetProperty("reference").GetString()!;
        Assert.That(await RunAsync("application", "apply", "--client", client, "--product", "margin", "--amount", "500000", "--term-in-days", "180", "--key", "one"), Does.Contain("was made before under this key"));
        Assert.That(await RunAsync("application", "ask", reference, "--reason", "what for?"), Does.Contain("is QUESTIONED since move 2, 'ask'"));
        Assert.That(await RunAsync("application", "answer", reference, "--reason", "for shares"), Does.Contain("is FILED"));
        Assert.That(await RunAsync("application", "list", "--state", "FILED"), Does.Contain(reference).And.Contain("1 of 1."));
        Assert.That(await RunAsync("application", "decline", reference, "--reason", "too much", "--document", "letter 7"), Does.Contain("is DECLINED since move 4"));
        var refused = await CommandRun.OfAsync("application", "withdraw", reference, "--of", broker, "--by", "li.wei", "--data", Data);
        Assert.That((refused.ExitCode, refused.Error), Is.EqualTo((1, "graphrisk: 'withdraw' does not lead on from DECLINED; nothing does that persons make: it is final unless the platform opens it again. (CONFLICT)\n")));
        Assert.That((await CommandRun.OfAsync("audit", "show", "--json", "--data", Data)).Out, Does.Contain("Mutation.declineApplication"));
    }

    [Test]
    public async Task AHistoryOfAnotherSystemComesInAndWhatIsRefusedIsMendedAndDeliveredAgain()
    {
        var number = File.ReadLines(Path.Combine(folder.PathOf("market"), "brokers", broker, "clients.csv")).Skip(1).First().Split(',')[0];
        var (file, refused, data) = (folder.PathOf("history.csv"), folder.PathOf("refused"), folder.PathOf("data-of-a-history"));
        Assert.That((await CommandRun.OfAsync("import", folder.PathOf("market"), "--data", data)).ExitCode, Is.Zero);
        File.WriteAllLines(file,
        [
            "kind,case,no,move,at,role,broker,person,client,product,amount,reason",
            $"Application,H-1,1,apply,2024-03-04T09:00:00+08:00,OFFICER,{broker},li,{number},MARGIN,500000,",
            $"Application,H-1,2,decline,2024-03-05T09:00:00+08:00,OFFICER,{broker},,,,,\"too much, too soon\"",
            $"Application,H-2,1,apply,2024-03-04T09:00:00+08:00,OFFICER,{broker},li,{number},MARGIN,500000,,one too many",
        ]);
        var first = await CommandRun.OfAsync("cases", "replay", file, "--data", data, "--refused", refused, "--json");
        var told = JsonDocument.Parse(first.Out).RootElement[0];
        Assert.That((first.ExitCode, told.GetProperty("rows").GetInt32(), told.GetProperty("made").GetInt32(), told.GetProperty("refused").GetArrayLength()), Is.EqualTo((3, 3, 1, 2)), first.Error);
        Assert.That(told.GetProperty("refused")[0].GetProperty("record").GetString(), Is.EqualTo("Application H-1 no 2 decline"));
        var kept = Directory.GetFiles(refused).Single();
        var lines = File.ReadAllLines(kept);
        Assert.That(lines[0], Does.EndWith(",reason,refused_record,refused_field,refused_reason"));
        Assert.That(lines[2], Does.Contain("one too many"), "nothing is lost");
        File.WriteAllLines(folder.PathOf("mended.csv"), [lines[0], lines[1].Replace(",,,,,\"too", ",zhao,,,,\"too"), lines[2]]);
        var second = await CommandRun.OfAsync("cases", "replay", folder.PathOf("mended.csv"), "--data", data, "--refused", refused);
        Assert.That((second.ExitCode, second.Error), Is.EqualTo((0, "")), second.Out);
        Assert.That((await CommandRun.OfAsync("application", "list", "--of", broker, "--state", "DECLINED", "--data", data)).Out, Does.Contain("1 of 1."));
        Assert.That((await CommandRun.OfAsync("audit", "show", "--json", "--data", data)).Out, Does.Contain("cases replay"));
        File.WriteAllText(folder.PathOf("strange.csv"), "kind,case,move,at,role,colour\n");
        Assert.That((await CommandRun.OfAsync("cases", "replay", folder.PathOf("strange.csv"), "--data", data)).Error, Does.Contain("'colour' is no field of a case or of a move"));
    }

    [Test]
    public async Task TheHistoryOfAnInventedMarketComesInWholeAndASecondTimeDoublesNothing()
    {
        var (market, data) = (folder.PathOf("market-of-a-history"), folder.PathOf("data-of-a-market"));
        Assert.That((await CommandRun.OfAsync("generate", "--clients", "400", "--seed", "5", "--out", market)).ExitCode, Is.Zero);
        Assert.That((await CommandRun.OfAsync("import", market, "--data", data)).ExitCode, Is.Zero);
        string[] replay = ["cases", "replay", Path.Combine(market, "cases"), "--calendar", Path.Combine(market, "exchange", "calendar.csv"), "--data", data, "--json"];
        var first = await CommandRun.OfAsync(replay);
        Assert.That((first.ExitCode, Sum(first, "made")), Is.EqualTo((0, Directory.GetFiles(Path.Combine(market, "cases")).Sum(file => File.ReadLines(file).Count() - 1))), first.Out);
        var again = await CommandRun.OfAsync(replay);
        Assert.That((again.ExitCode, Sum(again, "made"), Sum(again, "known")), Is.EqualTo((0, 0, Sum(first, "rows"))));
        File.WriteAllText(folder.PathOf("kinds.graphql"), "{ applicationsAggregate { count } complaintsAggregate { count } marginCallsAggregate { count } defaultsAggregate { count } freezeRequestsAggregate { count } }");
        var kinds = JsonDocument.Parse((await CommandRun.OfAsync("query", folder.PathOf("kinds.graphql"), "--data", data)).Out).RootElement.GetProperty("data");
        Assert.That(kinds.EnumerateObject().Select(kind => kind.Value.GetProperty("count").GetInt32()), Has.All.Positive);

        static int Sum(CommandRun run, string name) => JsonDocument.Parse(run.Out).RootElement.EnumerateArray().Sum(file => file.GetProperty(name).GetInt32());
    }

    [Test]
    public async Task ACaseIsInspectedByTheExamplesOfTheHelp()
    {
        var filed = await RunAsync("application", "apply", "--client", client, "--product", "margin", "--amount", "700000", "--term-in-days", "180", "--key", "seen", "--json");
        var reference = JsonDocument.Parse(filed).RootElement.GetProperty("application").GetProperty("reference").GetString()!;
        await RunAsync("application", "decline", reference, "--reason", "too much");
        var example = (await CommandRun.OfAsync("cases", "inspect", "--help")).Out.Split('\n').Select(line => line.Trim()).First(line => line.StartsWith("graphrisk cases inspect A-", StringComparison.Ordinal));
        string[] words = [.. example.Split('"')[0].Trim().Split(' ').Skip(1).Select(word => word.StartsWith("A-", StringComparison.Ordinal) ? reference : word.EndsWith(".html", StringComparison.Ordinal) ? folder.PathOf(word) : word), example.Split('"')[1]];
        var run = await CommandRun.OfAsync([.. words, "--data", Data]);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        var page = await File.ReadAllTextAsync(folder.PathOf("case.html"));
        Assert.That(page, Does.Contain(reference).And.Contain("li.wei").And.Contain("too much").And.Contain("all as the table has it"));
        Assert.That((await CommandRun.OfAsync("audit", "show", "--json", "--data", Data)).Out, Does.Contain("inspection of June"));
        var none = await CommandRun.OfAsync("cases", "inspect", "X-1", "--output", folder.PathOf("x.html"), "--reason", "r", "--data", Data);
        Assert.That((none.ExitCode, none.Error.Contains("is no number of a case", StringComparison.Ordinal)), Is.EqualTo((1, true)), none.Error);
    }

    [Test]
    public async Task AComplaintAboutAScoreIsTheSupervisors()
    {
        var row = File.ReadLines(Path.Combine(folder.PathOf("market"), "brokers", broker, "clients.csv")).Skip(1).First().Split(',');
        string[] supervisor = ["--role", "regulator", "--by", "zhao"], own = ["--role", "client", "--of", $"{(row[3] == "COMPANY" ? "Company" : "Person")}/broker-{broker}:{row[0]}"];
        var filed = await RunAsync("complaint", "complain", ["--about", "score", "--text", "it does not know that I paid", "--key", "one", "--json", .. own]);
        var complaint = JsonDocument.Parse(filed).RootElement.GetProperty("complaint");
        var reference = complaint.GetProperty("reference").GetString()!;
        Assert.That(await RunAsync("complaint", "acknowledge", [reference, .. supervisor]), Does.Contain("is ACKNOWLEDGED since move 2, 'acknowledge'"));
        Assert.That(await RunAsync("complaint", "list"), Does.Contain("0 of 0."), "no broker knows of it");
        Assert.That(await RunAsync("complaint", "list", own), Does.Contain(reference).And.Contain("1 of 1."));
        Assert.That(await RunAsync("complaint", "classify", [reference, "--cause", "model", .. supervisor]), Does.Contain("is CLASSIFIED"));
        Assert.That(await RunAsync("complaint", "withdraw", [reference, .. own]), Does.Contain("is WITHDRAWN"));
    }

    [Test]
    public async Task AnUpheldComplaintCorrectsTheRecord()
    {
        var row = File.ReadLines(Path.Combine(folder.PathOf("market"), "brokers", broker, "clients.csv")).Skip(1).First().Split(',');
        var record = $"{(row[3] == "COMPANY" ? "Company" : "Person")}/broker-{broker}:{row[0]}";
        var filed = await RunAsync("complaint", "complain", "--about", "record", "--text", "I moved", "--record", record, "--field", "address", "--key", "moved", "--json", "--role", "client", "--of", record);
        var reference = JsonDocument.Parse(filed).RootElement.GetProperty("complaint").GetProperty("reference").GetString()!;
        await RunAsync("complaint", "acknowledge", reference);
        await RunAsync("complaint", "classify", reference, "--cause", "outdated");
        await RunAsync("complaint", "assign", reference, "--assignee", "li.wei");
        var neither = await CommandRun.OfAsync("complaint", "uphold", reference, "--reason", "so it is", "--of", broker, "--by", "li.wei", "--data", Data);
        Assert.That(neither.Error, Does.Contain("'rightValue' or struckOut is needed"));
        Assert.That(await RunAsync("complaint", "uphold", reference, "--reason", "so it is", "--right-value", "平壤路9号"), Does.Contain("is UPHELD"));
        File.WriteAllText(folder.PathOf("address.graphql"), $$"""{ node(id: "{{record}}") { ... on Person { address } ... on Company { address } } }""");
        var asked = await CommandRun.OfAsync("query", folder.PathOf("address.graphql"), "--data", Data, "--role", "client", "--of", record, "--purpose", "own-record");
        Assert.That(asked.Out, Does.Contain("平壤路9号"), asked.Error);
    }

    [Test]
    public async Task ACalendarThatIsNoneIsNamedByItsFileAndLine()
    {
        var file = Path.Combine(Data, "calendar.csv");
        File.WriteAllText(file, "year,kind,from,to,for\n2027,holiday,1 January,1 January,New Year\n");
        try
        {
            var refused = await CommandRun.OfAsync("complaint", "list", "--of", broker, "--by", "li.wei", "--data", Data);
            Assert.That((refused.ExitCode, refused.Error), Is.EqualTo((1, $"graphrisk: {file}: The calendar's line 2 is no row of a year, a kind, two days of that year in order, and what for.\n")));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public async Task ADefaultIsDeclaredAndARequestToFreezeDraftedApprovedAndPrinted()
    {
        File.WriteAllText(folder.PathOf("contracts.graphql"), $"{{ contracts: marginContracts(where: {{ debt: {{ gt: 0 }}, status: {{ eq: OPEN }}, grantedBy: {{ some: {{ node: {{ code: {{ eq: \"{broker}\" }} }} }} }} }}, first: 1) {{ nodes {{ id }} }} }}");
        var asked = await CommandRun.OfAsync("query", folder.PathOf("contracts.graphql"), "--data", Data);
        var contract = JsonDocument.Parse(asked.Out).RootElement.GetProperty("data").GetProperty("contracts").GetProperty("nodes")[0].GetProperty("id").GetString()!;
        var declared = await RunAsync("default", "declare", "--contract", contract, "--on", "2025-06-30", "--cause", "collateral", "--key", "one", "--json");
        var reference = JsonDocument.Parse(declared).RootElement.GetProperty("default").GetProperty("reference").GetString()!;
        Assert.That(await RunAsync("default", "label", reference, "--default-cause", "fraud"), Does.Contain("is DECLARED since move 2, 'label'"));
        var drafted = await RunAsync("freeze", "draft", "--default", reference, "--attachment", "statement", "--key", "one", "--json");
        var request = JsonDocument.Parse(drafted).RootElement.GetProperty("freezeRequest").GetProperty("reference").GetString()!;
        var own = await CommandRun.OfAsync("freeze", "approve", request, "--of", broker, "--by", "li.wei", "--data", Data);
        Assert.That((own.ExitCode, own.Error), Is.EqualTo((1, "graphrisk: 'approve' takes another person than the one who made 'draft'. (FORBIDDEN)\n")));
        var approved = await CommandRun.OfAsync("freeze", "approve", request, "--of", broker, "--by", "wang", "--data", Data);
        Assert.That(approved.Out, Does.Contain("is APPROVED"), approved.Error);
        await RunAsync("freeze", "print", request, "--output", folder.PathOf("freeze.html"), "--reason", "to the court");
        await RunAsync("freeze", "print", request, "--output", folder.PathOf("freeze.json"), "--reason", "to the court");
        Assert.That(File.ReadAllText(folder.PathOf("freeze.html")), Does.Contain("财产保全申请书").And.Contain(request).And.Contain("APPROVED"));
        Assert.That(JsonDocument.Parse(File.ReadAllText(folder.PathOf("freeze.json"))).RootElement.GetProperty("document").GetProperty("contract").GetProperty("default").GetString(), Is.EqualTo(reference));
        var printed = await CommandRun.OfAsync("freeze", "print", request, "--output", folder.PathOf("freeze.pdf"), "--reason", "to the court", "--of", broker, "--by", "li.wei", "--data", Data);
        if (ChineseFont.Find() is null) Assert.That((printed.ExitCode, printed.Error), Is.EqualTo((1, "graphrisk: No font with Chinese is found on this system: name one with --font, or write a page (.html) and print that.\n")));
        else Assert.That(File.ReadAllText(folder.PathOf("freeze.pdf")), Does.StartWith("%PDF-").And.Contain(request), printed.Error);
        var security = File.ReadLines(Path.Combine(folder.PathOf("market"), "exchange", "securities.csv")).Skip(1).First().Split(',')[0];
        Assert.That(await RunAsync("default", "sell", reference, "--amount", "100", "--costs", "1", "--security", security), Does.Contain("is DECLARED since move 3, 'sell'"));
        Assert.That(await RunAsync("default", "cure", reference, "--document", "paid in full"), Does.Contain("is CURED"));
    }

    [Test]
    public async Task CallsAndDefaultsOfADayAreFiledOnce()
    {
        var calls = await CommandRun.OfAsync("calls", "file", "--date", "2025-06-30", "--json", "--data", Data);
        Assert.That(calls.ExitCode, Is.Zero, calls.Error);
        Assert.That((await CommandRun.OfAsync("calls", "file", "--date", "2025-06-30", "--data", Data)).Out, Is.EqualTo("called: 0\nmet: 0\npassed: 0\n"));
        var defaults = await CommandRun.OfAsync("default", "derive", "--date", "2025-06-30", "--json", "--data", Data);
        Assert.That(defaults.ExitCode, Is.Zero, defaults.Error);
        Assert.That((await CommandRun.OfAsync("default", "derive", "--date", "2025-06-30", "--data", Data)).Out, Is.EqualTo("derived: 0\n"));
        var listed = await CommandRun.OfAsync("calls", "list", "--role", "regulator", "--json", "--data", Data);
        Assert.That(JsonDocument.Parse(listed.Out).RootElement.GetProperty("totalCount").GetInt32(), Is.EqualTo(JsonDocument.Parse(calls.Out).RootElement.GetProperty("called").GetArrayLength()));
    }

    [Test]
    public async Task AssetsAreToldToTheRegulatorAndToWhoKeepsThem()
    {
        var whole = await CommandRun.OfAsync("assets", client, "--json", "--data", Data);
        Assert.That(whole.ExitCode, Is.Zero, whole.Error);
        var found = JsonDocument.Parse(whole.Out).RootElement;
        Assert.That(found.GetProperty("assets").GetArrayLength(), Is.EqualTo(found.GetProperty("count").GetInt32()).And.Positive);
        var own = await CommandRun.OfAsync("assets", client, "--role", "broker", "--of", broker, "--data", Data);
        Assert.That(own.Out, Does.Contain("ACCOUNT").And.Contain("certain and free"), own.Error);
        var other = await CommandRun.OfAsync("assets", "Person/broker-B999:1", "--role", "broker", "--of", broker, "--data", Data);
        Assert.That((other.ExitCode, other.Error), Is.EqualTo((1, "graphrisk: There is no node of this id, or it is not open to you. (NOT_FOUND)\n")));
    }

    [TestCase("ask", "A-0000-0000-0000-0000", "--reason", "what for?", "You know of no application")]
    [TestCase("approve", "A-0000-0000-0000-0000", "--amount", "much", "Option '--annual-rate' is required")]
    public async Task WhatCannotBeMeantIsRefused(string move, string reference, string option, string value, string why)
    {
        var run = await CommandRun.OfAsync("application", move, reference, option, value, "--of", broker, "--data", Data);
        Assert.That(run.ExitCode, Is.Not.Zero);
        Assert.That(run.Error, Does.Contain(why));
    }

    private async Task<string> RunAsync(string kind, string move, params string[] more)
    {
        var run = await CommandRun.OfAsync([kind, move, .. more, .. more.Contains("--role") ? [] : new[] { "--of", broker, "--by", "li.wei" }, "--data", Data]);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        return run.Out;
    }
}
