using System.Globalization;
using System.Text.Json;
using GraphRisk.Server.Tests.Served;
using GraphRisk.TestKit;

namespace GraphRisk.Server.Tests.Ownership;

/// <summary>The shared cases of ownership and control, each stated as holdings in a store and asked over GraphQL.</summary>
public sealed class OwnershipCasesTests
{
    private static readonly (string Key, string Semantics)[] Sections = [("walk", "WALK"), ("corrected", "CORRECTED"), ("simplePath", "SIMPLE_PATH")];

    private static JsonElement All => Cases.Read("ownership.json");

    [Test]
    public async Task StakesAreThePublishedOnes()
    {
        var compared = 0;
        foreach (var one in All.GetProperty("ownership").EnumerateArray())
        {
            var named = Cases.Edges(one.GetProperty("edges"));
            await using var served = await ServedGraph.Of(Stated(named));
            foreach (var (key, semantics) in Sections)
            {
                if (!one.GetProperty("expect").TryGetProperty(key, out var expected)) continue;
                var found = new Dictionary<string, decimal>();
                foreach (var company in named.Names)
                    foreach (var stake in (await served.Ask(ServedGraph.Regulator, $$"""{ ownershipLookThrough(company: "{{Id(company)}}", semantics: {{semantics}}, selfPairs: true) { stakes(first: 100) { nodes { share holder { name } } } } }"""))
                        .At("ownershipLookThrough.stakes.nodes").EnumerateArray())
                        found.Add($"{stake.TextAt("holder.name")}>{company}", stake.At("share").GetDecimal());
                var wanted = expected.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetDecimal());
                Assert.That(found.Keys, Is.EquivalentTo(wanted.Keys), semantics);
                foreach (var (pair, share) in wanted) Assert.That(found[pair], Is.EqualTo(share).Within(1e-9m), $"{semantics} {pair}");
                compared += wanted.Count;
            }
        }

        Assert.That(compared, Is.GreaterThan(100));
    }

    [Test]
    public async Task ControlIsThePublishedOne()
    {
        var compared = 0;
        foreach (var one in All.GetProperty("ownership").EnumerateArray())
        {
            if (!one.GetProperty("expect").TryGetProperty("control>1/2", out var expected)) continue;
            var named = Cases.Edges(one.GetProperty("edges"));
            await using var served = await ServedGraph.Of(Stated(named));
            foreach (var party in named.Names)
            {
                var wanted = expected.TryGetProperty(party, out var list) ? Cases.Texts(list) : [];
                var found = (await served.Ask(ServedGraph.Regulator, $$"""{ company(id: "{{Id(party)}}") { controls { control { company { name } } } } }""")).At("company.controls.control");
                Assert.That(found.EnumerateArray().Select(control => control.TextAt("company.name")), Is.EquivalentTo(wanted), party);
                compared += wanted.Length;
            }
        }

        Assert.That(compared, Is.GreaterThan(51));
    }

    [Test]
    public async Task CloseLinksAreThePublishedOnes()
    {
        foreach (var one in All.GetProperty("ownership").EnumerateArray())
        {
            if (!one.GetProperty("expect").TryGetProperty("closeLink>=0.2 (simple paths, no common third party)", out var expected)) continue;
            var named = Cases.Edges(one.GetProperty("edges"));
            await using var served = await ServedGraph.Of(Stated(named));
            var found = new Dictionary<string, decimal>();
            foreach (var party in named.Names)
                foreach (var verdict in (await served.Ask(ServedGraph.Regulator, $$"""{ closeLinks(party: "{{Id(party)}}", asOf: "2028-01-01") { verdicts { limb { name } stated holders { name } company { name } } } }"""))
                    .At("closeLinks.verdicts").EnumerateArray().Where(verdict => verdict.TextAt("limb.name") == "capital"))
                    found[$"{verdict.TextAt("holders.0.name")}>{verdict.TextAt("company.name")}"] = verdict.At("stated").GetDecimal();
            var wanted = expected.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetDecimal());
            Assert.That(found.Keys, Is.EquivalentTo(wanted.Keys));
            foreach (var (pair, share) in wanted) Assert.That(found[pair], Is.EqualTo(share).Within(1e-9m), pair);
        }
    }

    [Test]
    public async Task WhatListedPartiesOwnInSumIsBlocked()
    {
        foreach (var one in All.GetProperty("aggregate50Rule").GetProperty("cases").EnumerateArray())
        {
            var listed = Cases.Texts(one.GetProperty("blocked"));
            var named = Cases.Edges(one.GetProperty("edges"), listed);
            var sketch = Stated(named);
            foreach (var name in listed) sketch.Node($"Listing/list:{name}", ("list", "SDN"), ("kind", "SANCTION"), ("authority", "OFAC")).Edge("LISTED_AS", Id(name), $"Listing/list:{name}");
            await using var served = await ServedGraph.Of(sketch);
            foreach (var company in named.Names.Except(listed))
            {
                var verdicts = (await served.Ask(ServedGraph.Regulator, $$"""{ aggregateOwnership(company: "{{Id(company)}}", lists: ["OFAC"]) { verdicts { holds } } }""")).At("aggregateOwnership.verdicts");
                Assert.That(verdicts.EnumerateArray().Any(verdict => verdict.TextAt("holds") == "CERTAIN"), Is.EqualTo(Cases.Texts(one.GetProperty("expectBlocked")).Contains(company)), $"{one.GetProperty("name")} {company}");
            }
        }
    }

    [Test]
    public async Task ControlAndOwnershipMakeBeneficialOwnersByLayers()
    {
        foreach (var one in All.GetProperty("controlAndOwnershipLayers").EnumerateArray())
        {
            await using var served = await ServedGraph.Of(Stated(Cases.Edges(one.GetProperty("edges")), "P"));
            var verdict = (await served.Ask(ServedGraph.Regulator, $$"""{ beneficialOwners(company: "{{Id("T")}}", rule: "eu-beneficial-owner", asOf: "2028-01-01") { verdicts { holds holders { name } via { name } } } }"""))
                .At("beneficialOwners.verdicts").EnumerateArray().Single();
            Assert.That((verdict.TextAt("holds"), verdict.TextAt("holders.0.name"), verdict.TextAt("via.name")), Is.EqualTo(("CERTAIN", "P", "H")));
        }
    }

    [Test]
    public async Task PartiesOfAnAgreementControlTogetherAndNoneAlone()
    {
        var one = All.GetProperty("actingInConcert").EnumerateArray().Single();
        var sketch = Stated(Cases.Edges(one.GetProperty("edges"))).Node("Agreement/list:G", ("kind", "ACTING_IN_CONCERT"), ("concludedOn", "2024-01-01")).Edge("VOTES_IN", "Agreement/list:G", Id("T"));
        foreach (var name in Cases.Texts(one.GetProperty("agreement"))) sketch.Edge("BOUND_BY", Id(name), "Agreement/list:G");
        await using var served = await ServedGraph.Of(sketch);
        var control = (await served.Ask(ServedGraph.Regulator, $$"""{ controllers(company: "{{Id("T")}}") { control { votes controllers { name } agreement { id } } } }""")).At("controllers.control").EnumerateArray().Single();
        Assert.That(control.At("controllers").EnumerateArray().Select(party => party.TextAt("name")), Is.EquivalentTo(Cases.Texts(one.GetProperty("agreement"))));
        Assert.That(control.At("votes").GetDecimal(), Is.EqualTo(0.6m));
    }

    private static string Id(string name) => $"Company/list:{name}";

    /// <summary>The holdings of a case, of companies and the persons named.</summary>
    private static MarketSketch Stated(NamedEdges named, params string[] persons)
    {
        string IdOf(int node) => persons.Contains(named.Names[node]) ? $"Person/list:{named.Names[node]}" : Id(named.Names[node]);
        var sketch = new MarketSketch();
        for (var node = 0; node < named.Names.Length; node++) sketch.Node(IdOf(node), ("name", named.Names[node]));
        foreach (var edge in named.Edges) sketch.Edge("HOLDS", IdOf(edge.From), IdOf(edge.To), ("share", edge.Share.ToString(CultureInfo.InvariantCulture)));
        return sketch;
    }
}
