namespace GraphRisk.Explorer.Tests;

/// <summary>What a broker and a client are shown: of a contract that is another's nothing, on no page and in no answer that a page is made of.</summary>
public sealed class AccessTests
{
    /// <summary>In the page: numbers of contracts as a viewer of the demo reads them, each with its broker's code.</summary>
    private const string Contracts = """
        async ([role, purpose, reason]) => {
          const asJson = { 'Content-Type': 'application/json', 'GraphRisk-Explorer': '1' };
          const { viewers } = await (await fetch('/app/session.json')).json();
          const viewer = viewers.findIndex((one) => one?.role === role && one.purpose === purpose);
          const { token } = await (await fetch('/graphql/ui/token.json', { method: 'POST', headers: asJson, body: JSON.stringify({ viewer, reason, person: null }) })).json();
          const query = '{ marginContracts(first: 200) { nodes { contractNumber grantedBy(first: 1) { nodes { code } } } } }';
          const { data } = await (await fetch('/graphql', { method: 'POST', headers: { ...asJson, Authorization: `Bearer ${token}` }, body: JSON.stringify({ query }) })).json();
          return data.marginContracts.nodes.map((one) => [one.contractNumber, one.grantedBy.nodes[0]?.code ?? '']);
        }
        """;

    private static readonly string[] Pages =
    [
        "/", "/search?q=shanghai", "/warnings", "/desk/reviews?state=all", "/desk/applications?state=all", "/desk/calls?state=all", "/desk/defaults?state=all", "/boards/brokers", "/boards/rules", "/boards/models",
    ];

    [TestCase("Broker")]
    [TestCase("Client")]
    public async Task NothingOfAnothersContractIsShownOrAnswered(string role)
    {
        await using var visit = await Visit.Begin();
        await visit.Go("/");
        var all = await visit.Page.EvaluateAsync<string[][]>(Contracts, new[] { "regulator", "supervision", "a test compares what others are shown" });
        if (role == "Client" && !await visit.Offers(role)) Assert.Ignore("This market has no client of the number that the questions are asked for.");
        var own = role == "Broker" ? all.Where(one => one[1] == "B001").Select(one => one[0]).ToHashSet()
            : (await visit.Page.EvaluateAsync<string[][]>(Contracts, new[] { "client", "own-record", null })).Select(one => one[0]).ToHashSet();
        string[] others = [.. all.Select(one => one[0]).Where(number => !own.Contains(number))];
        Assert.That(others, Has.Length.GreaterThan(20).And.None.Contains("*"));
        await visit.Become(role);
        string[] party = role == "Broker" ? [await visit.FirstParty()] : [];
        await visit.Answers();
        foreach (var path in (string[])[.. Pages, .. party.SelectMany(one => (string[])[one, $"{one}/score", $"{one}/ownership", $"{one}/links", $"{one}/ripple"])])
        {
            await visit.Move(path);
            var (answered, shown) = (await visit.Answers(), await visit.Page.Locator("body").InnerTextAsync());
            Assert.That(others.Where(number => answered.Contains(number, StringComparison.Ordinal) || shown.Contains(number, StringComparison.Ordinal)), Is.Empty, path);
        }

        Assert.That(visit.Elsewhere, Is.Empty);
    }
}
