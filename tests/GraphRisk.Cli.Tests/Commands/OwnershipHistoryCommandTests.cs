using System.Text.Json;
using GraphRisk.TestKit;

namespace GraphRisk.Cli.Tests.Commands;

/// <summary>How ownership of a company of a data folder moved, from the command line.</summary>
public sealed class OwnershipHistoryCommandTests
{
    private const string Company = "Company/bods:A";

    private readonly TemporaryFolder folder = new();

    [OneTimeSetUp]
    public async Task Import()
    {
        File.WriteAllText(folder.PathOf("register.json"), $"[{string.Join(',',
            Entity("A"), Entity("H"), Person("X"),
            Holding("r1", "X", "H", """ "exact": 60 """, "2020-01-01", null),
            Holding("r2", "H", "A", """ "exact": 4 """, "2024-01-01", "2024-09-30"),
            Holding("r3", "H", "A", """ "exact": 12.5 """, "2024-09-30", null))}]");
        Assert.That((await CommandRun.OfAsync("import", folder.PathOf("register.json"), "--data", folder.PathOf("data"))).ExitCode, Is.Zero);
    }

    [OneTimeTearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public async Task DaysStakesAndStepsAreToldWithTheReportThatWasDue()
    {
        var run = await RunAsync(Company, "--changes-from", "2024-06-30", "--changes-to", "2024-12-31", "--json");
        using var answer = JsonDocument.Parse(run.Out);
        var day = answer.RootElement.GetProperty("days").EnumerateArray().Single();
        Assert.That((day.GetProperty("day").GetString(), answer.RootElement.GetProperty("isComplete").GetBoolean()), Is.EqualTo(("2024-09-30", true)));
        Assert.That(
            day.GetProperty("changes").EnumerateArray().Select(change => $"{change.GetProperty("holder")} {change.GetProperty("before").GetProperty("stated")} {change.GetProperty("after").GetProperty("stated")}"),
            Is.EquivalentTo(new[] { "Company/bods:H 0.04 0.125", "Person/bods:X 0.024 0.075" }));
        var steps = day.GetProperty("crossings").EnumerateArray().Where(crossing => crossing.GetProperty("limb").GetString() == "five-percent").ToList();
        Assert.That(steps.Select(step => step.GetProperty("holders")[0].GetString()), Is.EquivalentTo(new[] { "Company/bods:H", "Person/bods:X" }));
        Assert.That(steps.Select(step => step.GetProperty("report").GetProperty("dueOn").GetString()), Is.All.EqualTo("2024-10-10"));
    }

    [Test]
    public async Task TheTablesNameDayHolderStepAndDueDay() =>
        Assert.That((await RunAsync(Company, "--changes-from", "2024-06-30", "--changes-to", "2024-12-31")).Out, Does.Contain("2024-09-30").And.Contain("up 5% 10%").And.Contain("2024-10-10"));

    [TestCase(new[] { "Company/bods:none", "--changes-from", "2024-06-30" }, "is the id of nothing there is")]
    [TestCase(new[] { "Person/bods:X", "--changes-from", "2024-06-30" }, "is no company")]
    [TestCase(new[] { Company, "--changes-from", "2025-06-30", "--changes-to", "2024-12-31" }, "must not be after 2024-12-31")]
    [TestCase(new[] { Company, "--changes-from", "2024-06-30", "--rule", "ofac-50" }, "is no rule with steps. Rules: cn-disclosure")]
    [TestCase(new[] { Company, "--changes-from", "2024-06-30", "--at-least", "5" }, "0.05 is 5%")]
    public async Task WhatCannotBeAskedIsRefused(string[] typed, string reason)
    {
        var run = await CommandRun.OfAsync(["ownership", "history", .. typed, "--data", folder.PathOf("data")]);
        Assert.That((run.ExitCode, run.Error.Contains(reason, StringComparison.Ordinal)), Is.EqualTo((1, true)), run.Error);
    }

    private async Task<CommandRun> RunAsync(params string[] typed)
    {
        var run = await CommandRun.OfAsync(["ownership", "history", .. typed, "--data", folder.PathOf("data")]);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        return run;
    }

    private static string Entity(string id) => $$$"""{"statementId": "s-{{{id}}}", "recordId": "{{{id}}}", "recordType": "entity", "recordDetails": {"entityType": {"type": "registeredEntity"}, "name": "{{{id}}}"}}""";

    private static string Person(string id) => $$$"""{"statementId": "s-{{{id}}}", "recordId": "{{{id}}}", "recordType": "person", "recordDetails": {"personType": "knownPerson", "names": [{"fullName": "{{{id}}}"}]}}""";

    private static string Holding(string id, string party, string subject, string share, string from, string? to) =>
        $$$"""{"statementId": "s-{{{id}}}", "recordId": "{{{id}}}", "recordType": "relationship", "recordDetails": {"interestedParty": "{{{party}}}", "subject": "{{{subject}}}", "interests": [{"type": "shareholding", "directOrIndirect": "direct", "share": {{{{share}}}}, "startDate": "{{{from}}}"{{{(to is null ? "" : $", \"endDate\": \"{to}\"")}}}}]}}""";
}
