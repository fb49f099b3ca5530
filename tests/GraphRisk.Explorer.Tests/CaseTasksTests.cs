using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace GraphRisk.Explorer.Tests;

/// <summary>What people do at the desks, by what they see alone: decide on an application, complain, judge whether two records are one party.</summary>
public sealed class CaseTasksTests
{
    /// <summary>In the page: files an application for the client with the least debt of the demo's broker, as its officer Zhao, and gives its number.</summary>
    private const string Apply = """
        async () => {
          const asJson = { 'Content-Type': 'application/json', 'GraphRisk-Explorer': '1' };
          const { viewers } = await (await fetch('/app/session.json')).json();
          const viewer = viewers.findIndex((one) => one?.role === 'broker' && one.of === 'Broker/B001' && one.purpose === 'admission');
          const { token } = await (await fetch('/graphql/ui/token.json', { method: 'POST', headers: asJson, body: JSON.stringify({ viewer, reason: null, person: 'Zhao' }) })).json();
          const ask = async (query, variables) => (await (await fetch('/graphql', { method: 'POST', headers: { ...asJson, Authorization: `Bearer ${token}` }, body: JSON.stringify({ query, variables }) })).json());
          const { data } = await ask('{ clients(first: 50) { nodes { id debt creditScore { score } } } }');
          const client = data.clients.nodes.filter((one) => one.creditScore).sort((one, other) => one.debt - other.debt)[0].id;
          const application = { product: 'MARGIN', amount: 300000, termInDays: 180, shareOfBroker: 0, isAffiliateOfBroker: false };
          const filed = await ask('mutation ($client: ID!, $application: FinancingApplicationInput!) { apply(client: $client, application: $application, key: "explorer") { application { reference } } }', { client, application });
          return filed.data?.apply?.application.reference ?? JSON.stringify(filed.errors);
        }
        """;

    [Test]
    public async Task AnApplicationIsAskedAboutApprovedByTwoAndInspected()
    {
        await using var visit = await Visit.Begin();
        await visit.Go("/");
        var reference = await visit.Page.EvaluateAsync<string>(Apply);
        await visit.Become("Broker", "Admission", "Qian");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Cases" }).ClickAsync();
        await visit.Settle();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = reference }).ClickAsync();
        await visit.Settle();
        await MoveAsync(visit, "Ask the client", ("Reason", "Where do the funds come from?"));
        await MoveAsync(visit, "Answer", ("Reason", "From a sale of shares."));
        await MoveAsync(visit, "Approve", ("Yearly rate", "0.07"), ("Reason", "The answer is sound."));
        var head = visit.Page.Locator(".party-head");
        await Assertions.Expect(head).ToContainTextAsync("Waits for: a second person");
        await visit.Become("Broker", "Admission", "Sun");
        await MoveAsync(visit, "Approve", ("Yearly rate", "0.07"), ("Reason", "So it is."));
        await Assertions.Expect(head).ToContainTextAsync("Approved");
        var steps = visit.Page.Locator(".steps > li");
        Assert.That(await steps.AllInnerTextsAsync(), Has.Count.EqualTo(5));
        Assert.That(await steps.Last.InnerTextAsync(), Does.Contain("Approve").And.Contain("Recommended then"));
        await visit.Become("Regulator");
        await visit.Move("/boards/inspection");
        await visit.Page.GetByRole(AriaRole.Table, new() { Name = "Cases" }).GetByRole(AriaRole.Row).Filter(new() { HasText = reference }).ClickAsync();
        await visit.Settle();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Region, new() { NameRegex = new("^What lay before: ") }).First).ToContainTextAsync("as kept");
        await Assertions.Expect(visit.Part("The decision")).ToContainTextAsync("As the table has it");
        Assert.That(await visit.Rows("What was done"), Has.Count.GreaterThanOrEqualTo(5));
        Assert.That(visit.Faults, Is.Empty);
    }

    [Test]
    public async Task AClientComplainsAndFollowsIt()
    {
        await using var visit = await Visit.Begin();
        await visit.Go("/");
        if (!await visit.Offers("Client")) Assert.Ignore("This market has no client of the number that the questions are asked for.");
        await visit.Become("Client");
        await visit.Go("/desk/complaints");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "File a complaint" }).ClickAsync();
        await visit.Page.GetByLabel("What is wrong").FillAsync("The score is too low.");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "File it" }).ClickAsync();
        await visit.Page.WaitForURLAsync("**/case/**");
        await visit.Settle();
        Assert.That(await visit.Page.Locator(".steps").InnerTextAsync(), Does.Contain("Complained"));
        Assert.That(await visit.Page.Locator(".held").InnerTextAsync(), Does.Contain("Acknowledge").And.Contain("for"), "others go on with it");
        await MoveAsync(visit, "Withdraw");
        await Assertions.Expect(visit.Page.Locator(".party-head")).ToContainTextAsync("Withdrawn");
    }

    [Test]
    public async Task APairIsJudgedByTheKeyboardAndTakenBack()
    {
        await using var visit = await Visit.Begin();
        await visit.Go("/");
        await visit.Become("Regulator", "Data quality", "Sun");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Pairs to judge" }).ClickAsync();
        await visit.Settle();
        var rows = visit.Page.Locator(".long-scroll [role=row]");
        var pair = await rows.First.InnerTextAsync();
        var pairs = await rows.CountAsync();
        await visit.Page.Locator(".long-scroll").FocusAsync();
        await visit.Page.Keyboard.PressAsync("n");
        await visit.Page.GetByText("Filed: Two parties.").WaitForAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(pairs - 1);
        await visit.Page.Keyboard.PressAsync("z");
        await visit.Page.GetByText("Taken back: Two parties.").WaitForAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(pairs);
        Assert.That(await rows.First.InnerTextAsync(), Is.EqualTo(pair));
        Assert.That((await visit.Page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] })).Violations.Where(violation => violation.Impact is "serious" or "critical").Select(violation => $"{violation.Id}: {violation.Nodes[0].Target}"), Is.Empty);
        Assert.That(visit.Faults, Is.Empty);
    }

    /// <summary>Chooses what may be done, fills its form and sends it; the page shows the step when it is done.</summary>
    internal static Task MoveAsync(Visit visit, string move, params (string Field, string Text)[] fields) => MoveAsync(visit, move, [], fields);

    /// <summary>The same with choices of the form beside what is typed.</summary>
    internal static async Task MoveAsync(Visit visit, string move, (string Choice, string Option)[] choices, params (string Field, string Text)[] fields)
    {
        await visit.Page.Locator(".ways").GetByRole(AriaRole.Button, new() { Name = move }).ClickAsync();
        var form = visit.Page.Locator("form.move-form");
        await form.WaitForAsync();
        foreach (var (choice, option) in choices) await visit.Pick(choice, option);
        foreach (var (field, text) in fields) await form.GetByLabel(LabelOf(field)).FillAsync(text);
        await form.GetByRole(AriaRole.Button, new() { Name = move }).ClickAsync();
        await visit.Page.GetByText($"Done: {move}.").WaitForAsync();
        await visit.Settle();
    }

    private static Regex LabelOf(string field) => new($"^{Regex.Escape(field)}");
}
