using GraphRisk.Cli.Composition;
using GraphRisk.Graph.Algorithms.Linkage;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Market.Publishing;
using GraphRisk.Stores.Neo4j;
using GraphRisk.Stores.Neo4j.Publishing;
using GraphRisk.Workflow.Exposure;
using GraphRisk.Workflow.Market;

namespace GraphRisk.Cli.Tests.Analysts;

/// <summary>Every text of <c>cypher/analysts</c> over the sample market, against the algorithms GraphQL answers with.</summary>
[NonParallelizable]
public sealed class AnalystQueryTests
{
    private const double Exact = 1e-9;
    private PublishedMarket market = null!;

    [OneTimeSetUp]
    public async Task Open() => market = await SharedMarket.OpenAsync();

    [Test]
    public async Task LookThroughIsThatOfSimplePaths()
    {
        var algorithm = new OwnershipLookThrough(market.Holdings);
        foreach (var company in MostHeld(12))
        {
            var wanted = algorithm.OwnersOf(company, OwnershipSemantics.SimplePath).Stakes;
            var rows = await market.AskAsync("look-through", ("company", market.IdOf(company)), ("depth", 12), ("threshold", 0));
            Assert.That(rows.Select(row => row["owner"]), Is.EquivalentTo(wanted.Select(stake => market.IdOf(stake.Holder))), market.IdOf(company));
            var found = rows.ToDictionary(row => (string)row["owner"]!);
            foreach (var stake in wanted)
            {
                var row = found[market.IdOf(stake.Holder)];
                Assert.That((double)row["share"]!, Is.EqualTo(stake.Share).Within(Exact));
                Assert.That((double)row["direct"]!, Is.EqualTo((double)stake.Direct).Within(Exact));
                Assert.That(row["ultimate"], Is.EqualTo(stake.IsUltimate));
            }
        }
    }

    [Test]
    public async Task HoldingsAreThoseOfSimplePathsAtOrAboveTheThreshold()
    {
        var algorithm = new OwnershipLookThrough(market.Holdings);
        var holders = Parties().OrderByDescending(node => market.Holdings.Out.Degree(node)).ThenBy(node => node).Take(8);
        foreach (var holder in holders)
        {
            var wanted = algorithm.HoldingsOf(holder, OwnershipSemantics.SimplePath, 0.05m).Stakes;
            var rows = await market.AskAsync("holdings", ("holder", market.IdOf(holder)), ("depth", 12), ("threshold", 0.05));
            AssertNumbers(rows, "company", "share", wanted.Select(stake => (market.IdOf(stake.Company), stake.Share)));
        }
    }

    [Test]
    public async Task ControllersAreThoseOfTheFixpoint()
    {
        var companies = MostHeld(12).Concat(market.Control.Agreements.SelectMany(agreement => market.Control.ControlledBy(agreement)).Select(one => one.Company)).Distinct();
        var concert = 0;
        foreach (var company in companies)
        {
            var wanted = market.Control.ControllersOf(company);
            var rows = await market.AskAsync("controllers", ("company", market.IdOf(company)));
            concert += wanted.Count(one => one.Controller.IsConcert);
            AssertNumbers(
                rows.Select(row => new Dictionary<string, object?>(row) { ["who"] = $"{string.Join(' ', ((object?[])row["controllers"]!).Order())} {row["agreement"]} {row["ultimate"]}" }),
                "who", "votes", wanted.Select(one => (
                    $"{string.Join(' ', one.Controller.Members.Select(market.IdOf).Order())} {(one.Controller.IsConcert ? market.IdOf(one.Controller.Agreement) : "")} {one.IsUltimate}",
                    (double)one.Votes)));
        }

        Assert.That(concert, Is.Positive, "the sample has a company controlled in concert");
    }

    [Test]
    public async Task LinkedPartiesAreThoseOfTheStrongestPaths()
    {
        var algorithm = new LinkedParties(market.Snapshot, market.Holdings, market.Control);
        foreach (var client in MostLinked(6))
        {
            var wanted = algorithm.Of(client).Linked;
            var rows = await market.AskAsync("linked-parties", ("party", market.IdOf(client)), ("steps", 3), ("strength", 0.02));
            AssertNumbers(rows, "linked", "strength", wanted.Select(one => (market.IdOf(one.Party), one.Strength)));
        }
    }

    [Test]
    public async Task LinkedExposureIsThatOfTheBroker()
    {
        var algorithm = new LinkedExposure(market.Reading);
        var linked = 0;
        foreach (var client in MostLinked(6))
        {
            foreach (var broker in market.Snapshot.Nodes.OfType("Broker").ToArray())
            {
                if (algorithm.Of(broker, client) is not { } wanted) continue;
                var rows = await market.AskAsync(
                    "linked-exposure", ("client", market.IdOf(client)), ("broker", market.Snapshot.Nodes.IdOf(broker).Key));
                linked += wanted.Linked.Length;
                AssertNumbers(rows, "party", "strength", wanted.Linked.Select(one => (market.IdOf(one.Exposure.Party), one.Strength)).Append((market.IdOf(client), 1)));
                Assert.That(rows.Sum(row => (double)row["debt"]!), Is.EqualTo((double)wanted.TotalDebt).Within(1e-3));
                Assert.That(rows.Sum(row => (double)row["uncovered"]!), Is.EqualTo((double)wanted.TotalUncovered).Within(1e-3));
            }
        }

        Assert.That(linked, Is.Positive);
    }

    [Test]
    public async Task AClientsExposureIsThatOfEachBroker()
    {
        var algorithm = new LinkedExposure(market.Reading);
        foreach (var client in MostLinked(6))
        {
            var wanted = market.Snapshot.Nodes.OfType("Broker").ToArray()
                .Select(broker => (Broker: broker, Exposure: algorithm.Of(broker, client)?.Own)).Where(pair => pair.Exposure is not null).ToList();
            var rows = await market.AskAsync("client-exposure", ("client", market.IdOf(client)));
            AssertNumbers(rows, "broker", "debt", wanted.Select(pair => (market.Snapshot.Nodes.IdOf(pair.Broker).Key, (double)pair.Exposure!.Debt)));
            AssertNumbers(rows, "broker", "collateral", wanted.Select(pair => (market.Snapshot.Nodes.IdOf(pair.Broker).Key, (double)pair.Exposure!.Collateral)));
        }
    }

    [Test]
    public async Task TheMarketIsThatOfTheTable()
    {
        var wanted = MarketTable.Of(market.Reading.Contracts, MarketDivision.Broker, market.Scores.ToDictionary(line => line.Node));
        var rows = (await market.AskAsync("market", ("highRisk", 0.05))).ToDictionary(row => (string)row["broker"]!);
        Assert.That(rows, Has.Count.EqualTo(wanted.Length));
        foreach (var row in wanted)
        {
            var found = rows[row.Key];
            Assert.Multiple(() =>
            {
                Assert.That(found["clients"], Is.EqualTo((long)row.Clients));
                Assert.That(found["clientsWithDebt"], Is.EqualTo((long)row.ClientsWithDebt));
                Assert.That(found["contracts"], Is.EqualTo((long)row.Contracts));
                Assert.That((double)found["debt"]!, Is.EqualTo((double)row.Debt).Within(1e-3));
                Assert.That((double)found["collateral"]!, Is.EqualTo((double)row.Collateral).Within(1e-3));
                Assert.That((double)found["meanProbabilityOfDefault"]!, Is.EqualTo(row.MeanProbabilityOfDefault).Within(Exact));
            });
        }
    }

    [Test]
    public async Task AScoreIsThatOfTheModel()
    {
        foreach (var line in market.Scores.Where((_, i) => i % 200 == 0))
        {
            var score = market.Model.Score(market.Snapshot, line.Node);
            var row = (await market.AskAsync("credit-score", ("client", market.IdOf(line.Node)))).Single();
            Assert.Multiple(() =>
            {
                Assert.That(row["score"], Is.EqualTo((long)score.Score));
                Assert.That(row["grade"], Is.EqualTo(score.Grade.Name));
                Assert.That((double)row["probabilityOfDefault"]!, Is.EqualTo(score.ProbabilityOfDefault).Within(Exact));
                Assert.That((double)row["contagionPoints"]!, Is.EqualTo(score.ContagionPoints).Within(Exact));
                Assert.That(row["model"], Is.EqualTo(market.Model.Version));
                Assert.That(row["asOf"], Is.EqualTo(market.Snapshot.Stamp.AsOfDay));
            });
        }
    }

    [Test]
    public async Task GradesCountEveryScoredClientOnce()
    {
        var rows = await market.AskAsync("grades");
        AssertNumbers(rows, "grade", "meanProbabilityOfDefault", market.Scores.GroupBy(line => line.Grade)
            .Select(grade => (grade.Key, grade.Average(line => line.ProbabilityOfDefault))));
        Assert.That(rows.Sum(row => (long)row["clients"]!), Is.EqualTo(market.Scores.Count));
    }

    [TestCase("guarantee-circles", "GUARANTEE_CIRCLE")]
    [TestCase("cross-holdings", "CROSS_HOLDING")]
    public async Task CirclesAreTheFindingsOfTheirKind(string query, string kind)
    {
        var wanted = market.Publication.Findings.Where(finding => finding.Kind == kind)
            .Select(finding => finding.Parties.Select(id => id.ToString()).ToHashSet()).ToList();
        var rows = query == "cross-holdings"
            ? await market.AskAsync(query, ("longest", 8), ("least", 0)) : await market.AskAsync(query, ("least", 0));
        var circles = rows.Select(row => ((object?[])row["ids"]!).Cast<string>().ToHashSet()).ToList();
        Assert.That(circles, Is.Not.Empty);
        foreach (var circle in circles) Assert.That(wanted.Count(circle.IsSubsetOf), Is.EqualTo(1), "a circle lies within one finding");
        var found = circles.SelectMany(circle => circle).ToHashSet();
        foreach (var finding in wanted.Where(finding => finding.Count <= 8)) Assert.That(finding, Is.SubsetOf(found));
    }

    [Test]
    public async Task FindingsAreThosePublished()
    {
        var rows = await market.AskAsync("findings", ("kinds", Array.Empty<string>()));
        Assert.That(rows.Select(row => $"{row["kind"]} {string.Join(' ', ((object?[])row["ids"]!).Order())}"), Is.EquivalentTo(
            market.Publication.Findings.Select(finding => $"{finding.Kind} {string.Join(' ', finding.Parties.Select(id => id.ToString()).Order())}")));
        Assert.That(rows, Is.Not.Empty);
    }

    [Test]
    public async Task WhoIsFoundByNameIsTheParty()
    {
        foreach (var company in MostHeld(8))
        {
            var rows = await market.AskAsync("find", ("text", $"\"{market.Snapshot.Nodes.GetString(company, "name")}\""), ("limit", 5));
            Assert.That(rows.Select(row => row["party"]), Does.Contain(market.IdOf(company)));
        }
    }

    [Test]
    public async Task APartyIsFoundAsItsNameIsReadByItsNumberAndWhateverSignsAreTyped()
    {
        foreach (var company in MostHeld(4))
        {
            var (id, name) = (market.IdOf(company), market.Snapshot.Nodes.GetString(company, "name")!);
            var reading = market.Publication.Parties.Single(party => party.Id.ToString() == id).Readings.MaxBy(one => one.Length)!;
            foreach (var text in (string[])[$"{name} (", $"[{name}]", $"{name}/*:\\\"", reading, reading.ToUpperInvariant()])
                Assert.That((await market.AskAsync("find", ("text", text), ("limit", 20))).Select(row => row["party"]), Does.Contain(id), text);
            if (market.Snapshot.Nodes.GetString(company, "uscc") is { } number)
                Assert.That((await market.AskAsync("find", ("text", number.ToLowerInvariant()), ("limit", 1))).Single()["party"], Is.EqualTo(id), number);
        }

        var schemes = market.Store.Catalog.NodeTypes.Where(type => type.IsParty).SelectMany(type => type.Fields).Select(field => field.IdentifierScheme).OfType<string>();
        foreach (var scheme in schemes) Assert.That(CypherText.Get("analysts/find").Text, Does.Contain($"'{scheme}'"));
    }

    [Test]
    public async Task EveryTieHasAStrengthAndControlThroughOthersIsToldFromDirect()
    {
        Assert.That((await market.RunAsync("MATCH (:Party)-[r:OWNS]->(:Party) RETURN count(r) AS ties, count(r.strength) AS strong, count(CASE WHEN r.strength = 0 THEN 1 END) AS weak")).Single() is var row
            && row["ties"]!.Equals(row["strong"]) && (long)row["weak"]! > 0, Is.True);
        Assert.That(await market.RunAsync("MATCH (a:Party)-[r:CONTROLS]->(b:Party) WHERE r.isDirect <> EXISTS { (a)-[:OWNS]->(b) } OR r.isDirect IS NULL RETURN a.id AS id"), Is.Empty);
        Assert.That((await market.RunAsync("MATCH ()-[r:CONTROLS]->() RETURN count(DISTINCT r.isDirect) AS kinds")).Single()["kinds"], Is.EqualTo(2L), "the sample has both");
    }

    [TestCase("common-addresses")]
    [TestCase("common-phones")]
    [TestCase("common-officers")]
    [TestCase("accounts-by-device")]
    public async Task WhatIsSharedIsSharedByDifferentParties(string query)
    {
        var rows = await market.AskAsync(query, ("least", 2), ("most", 20));
        Assert.That(rows, Is.Not.Empty);
        foreach (var ids in rows.Select(row => (object?[])row["ids"]!))
        {
            Assert.That(ids, Is.Unique.And.Length.InRange(2, 20));
            Assert.That(ids.Select(id => market.Snapshot.Nodes.Find(Graph.Facts.NodeId.Parse((string)id!))), Has.All.Not.Negative);
        }
    }

    [Test]
    public async Task AddressesAreCommonToThePartiesThatTheSourcesSay()
    {
        var stated = new Dictionary<string, HashSet<int>>();
        await foreach (var recorded in market.Store.ReadAsync(ReadScope.All((await market.Store.GetVersionAsync()).Number) with { Types = ["Person", "Company"] }))
            if (recorded.Fact is Graph.Facts.NodeFact fact && fact.Properties.TryGet("address", out var address))
                (stated.TryGetValue(address.AsString(), out var parties) ? parties : stated[address.AsString()] = []).Add(market.Snapshot.Nodes.Find(fact.Node));
        var rows = (await market.AskAsync("common-addresses", ("least", 2), ("most", 1000))).Select(row => (string)row["address"]!);
        Assert.That(rows, Is.SubsetOf(stated.Where(pair => pair.Value.Count > 1).Select(pair => pair.Key)));
    }

    [Test]
    public async Task ClientsWhoseNeighboursDefaultedOweAndHaveNotDefaulted()
    {
        var rows = await market.AskAsync("neighbours-defaulted", ("steps", 2), ("since", "2000-01-01"));
        Assert.That(rows, Is.Not.Empty);
        var befell = market.Snapshot.Relationship("BEFELL");
        foreach (var row in rows)
        {
            var node = market.Snapshot.Nodes.Find(Graph.Facts.NodeId.Parse((string)row["client"]!));
            var kinds = befell.In.Neighbours(node).ToArray().Select(item => market.Snapshot.Nodes.GetString(item, "kind"));
            Assert.That(kinds, Has.None.EqualTo("DEFAULT").And.None.EqualTo("FORCED_LIQUIDATION"));
            Assert.That((double)row["debt"]!, Is.Positive);
        }
    }

    [Test]
    public async Task PledgesOfASecurityAddUpToTheSnapshots()
    {
        var pledged = market.Snapshot.Relationship("PLEDGED");
        var wanted = new Dictionary<string, double>();
        foreach (var security in market.Snapshot.Nodes.OfType("Security").ToArray())
        {
            var (start, end) = pledged.In.Range(security);
            var sum = Enumerable.Range(start, end - start)
                .Where(place => market.Reading.Contracts.Read(pledged.In.Target(place)).IsOutstanding && market.Snapshot.Nodes.TypeOf(pledged.In.Target(place)).Name != "MarginContract")
                .Sum(place => pledged.GetDecimal(pledged.InEdge(place), "quantity") ?? 0);
            if (sum > 0 && market.Snapshot.Nodes.GetDecimal(security, "sharesOutstanding") > 0) wanted[market.Snapshot.Nodes.IdOf(security).Key] = (double)sum;
        }

        AssertNumbers(await market.AskAsync("pledge-concentration", ("least", 0)), "security", "pledged", wanted.Select(pair => (pair.Key, pair.Value)));
    }

    [Test]
    public async Task SharedCollateralIsWhatCreditAccountsHold()
    {
        var rows = await market.AskAsync("shared-collateral", ("least", 2));
        Assert.That(rows, Is.Not.Empty);
        var (secured, positions) = (market.Snapshot.Relationship("SECURED_BY"), market.Snapshot.Relationship("POSITION"));
        var accounts = market.Snapshot.Nodes.OfType("MarginContract").ToArray()
            .Where(contract => market.Reading.Contracts.Read(contract).IsOutstanding).SelectMany(contract => secured.Out.Neighbours(contract).ToArray()).ToHashSet();
        foreach (var row in rows.Take(5))
        {
            var (start, end) = positions.In.Range(market.Snapshot.Nodes.Find(new Graph.Facts.NodeId("Security", (string)row["security"]!)));
            var sum = Enumerable.Range(start, end - start).Where(place => accounts.Contains(positions.In.Target(place)))
                .Sum(place => positions.GetDecimal(positions.InEdge(place), "quantity") ?? 0);
            Assert.That((double)row["quantity"]!, Is.EqualTo((double)sum).Within(1e-3), (string)row["security"]!);
        }
    }

    [Test]
    public async Task ListedPartiesAreFoundFromTheirNeighboursAndExpiredEntriesAreNot()
    {
        string[] kinds = ["SANCTION", "DISHONEST_DEBTOR", "ENFORCEMENT", "CONSUMPTION_RESTRICTION", "DISQUALIFICATION"];
        var listed = await market.RunAsync(
            "MATCH (p:Party)-[:RECORDED_AS]->()-[:LISTED_AS]->(l:Listing) WHERE l.kind IN $kinds AND l.removedOn IS NULL AND l.expiresOn IS NULL "
            + "MATCH (p)-[:OWNS|BACKS|REPRESENTS]-(n:Party) WHERE n <> p RETURN p.id AS listed, n.id AS neighbour ORDER BY listed, neighbour LIMIT 5", ("kinds", kinds));
        Assert.That(listed, Is.Not.Empty);
        foreach (var pair in listed)
        {
            var rows = await market.AskAsync("sanctions-near", ("party", pair["neighbour"]), ("steps", 1), ("kinds", kinds));
            Assert.That(rows.Select(row => (row["party"], row["ties"])), Does.Contain((pair["listed"], (object)1L)));
        }
    }

    [Test]
    public async Task AgreementsInForceAreThoseOfTheSnapshot()
    {
        var rows = await market.AskAsync("acting-in-concert");
        Assert.That(
            rows.Select(row => $"{row["agreement"]}: {string.Join(' ', ((object?[])row["ids"]!).Order())}"),
            Is.EquivalentTo(market.Control.Agreements.Select(one => $"{market.IdOf(one.Node)}: {string.Join(' ', one.Members.Select(market.IdOf).Order())}")).And.Not.Empty);
    }

    [Test]
    public async Task GuarantorsThatOweAreFound()
    {
        var guarantees = market.Snapshot.Relationship("GUARANTEES").Out;
        var debts = market.Publication.Standings.GroupBy(one => one.Party.ToString()).ToDictionary(group => group.Key, group => (double)group.Sum(one => one.Debt));
        var wanted = Parties().Where(node => guarantees.Neighbours(node).ToArray().Any(debtor => debtor != node) && debts.GetValueOrDefault(market.IdOf(node)) > 0);
        AssertNumbers(
            await market.AskAsync("debtors-among-guarantors", ("least", 0)), "guarantor", "debt", wanted.Select(node => (market.IdOf(node), debts[market.IdOf(node)])));
    }

    [Test]
    public async Task DisagreementShowsRecordsOfOnePartyThatDiffer()
    {
        var rows = await market.AskAsync("disagreement", ("attribute", "name"));
        Assert.That(rows, Is.Not.Empty);
        foreach (var row in rows.Take(20))
            Assert.That(market.Snapshot.Nodes.MembersOf(market.Snapshot.Nodes.Find(Graph.Facts.NodeId.Parse((string)row["party"]!))), Has.Length.GreaterThan(1));
    }

    [Test]
    public async Task GroupsAreThosePublishedThatOweAnything()
    {
        var rows = await market.AskAsync("risk-groups", ("kinds", Array.Empty<string>()), ("least", 1));
        var debts = market.Publication.Standings.GroupBy(one => one.Party).ToDictionary(group => group.Key, group => group.Sum(one => one.Debt));
        AssertNumbers(rows, "group", "debt", market.Publication.Groups
            .Select(group => ($"{group.Kind} {group.Key}", (double)group.Members.Sum(member => debts.GetValueOrDefault(member)))).Where(pair => pair.Item2 >= 1));
    }

    [Test]
    public async Task WhyRecordsAreOneIsToldByTheirJudgements()
    {
        var joined = Parties().Where(node => market.Snapshot.Nodes.MembersOf(node).Length > 1).Take(5);
        foreach (var node in joined)
        {
            var rows = await market.AskAsync("why-one", ("party", market.IdOf(node)));
            Assert.That(rows.Select(row => row["verdict"]), Does.Contain("MATCH"));
            Assert.That(rows.Select(row => (string)row["judge"]!), Has.All.Not.Empty);
        }
    }

    [Test]
    public async Task WhatChangedSinceADayIsTheFactsOfThePartysRecords()
    {
        var party = MostLinked(1).Single();
        var all = await market.AskAsync("changed-since", ("party", market.IdOf(party)), ("since", "2020-01-01"));
        Assert.That(all.Select(row => row["fact"]), Does.Contain("node").And.Contain("CLIENT_OF"));
        Assert.That(await market.AskAsync("changed-since", ("party", market.IdOf(party)), ("since", "2999-01-01")), Is.Empty);
    }

    [Test]
    public async Task AFactsHistoryIsWhatTheStoreFindsAtTheInstant()
    {
        var version = (await market.Store.GetVersionAsync()).Number;
        foreach (var node in MostHeld(5))
        {
            var id = market.Snapshot.Nodes.IdOf(node);
            var wanted = (await market.Store.FindAsync(id, version)).Select(recorded => recorded.Fact.Provenance.Source);
            var rows = await market.AskAsync("fact-history", ("type", id.Type), ("key", id.Key), ("knownAt", "2999-01-01T00:00:00Z"));
            Assert.That(rows.Select(row => row["source"]), Is.EquivalentTo(wanted).And.Not.Empty);
            Assert.That(rows.Select(row => row["content"]), Has.All.InstanceOf<string>().Or.All.Not.Empty);
            Assert.That(await market.AskAsync("fact-history", ("type", id.Type), ("key", id.Key), ("knownAt", "1999-01-01T00:00:00Z")), Is.Empty);
        }

        foreach (var type in market.Store.Catalog.NodeTypes)
            Assert.That(CypherText.Get("analysts/fact-history").Text, Does.Match($@"\b{type.Name}\b"), "an index is used for types that are named only");
    }

    [Test]
    public async Task APictureShowsAPartyWithItsRecordsAndBrokers()
    {
        var text = CypherText.Get("analysts/picture").Text.Replace("RETURN path", "RETURN type(relationships(path)[0]) AS type", StringComparison.Ordinal);
        var rows = await market.RunAsync(text, ("party", market.IdOf(MostLinked(1).Single())));
        Assert.That(rows.Select(row => row["type"]), Does.Contain("RECORDED_AS").And.Contain("CLIENT_AT").And.Contain("SCORED"));
    }

    [Test]
    public void EveryQueryOfTheFolderIsAskedHere()
    {
        var source = File.ReadAllText(TestKit.Repository.PathOf("tests", "GraphRisk.Cli.Tests", "Analysts", "AnalystQueryTests.cs"));
        var names = CypherText.All.Keys.Where(name => name.StartsWith("analysts/", StringComparison.Ordinal)).Select(name => name["analysts/".Length..]).ToList();
        Assert.That(names, Has.Count.GreaterThanOrEqualTo(15));
        Assert.That(names.Where(name => !source.Contains($"\"{name}\"", StringComparison.Ordinal) && name != "picture"), Is.Empty);
        var guide = File.ReadAllText(TestKit.Repository.PathOf("cypher", "README.md"));
        Assert.That(names.Where(name => !guide.Contains($"`{name}`", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task WhatIsPublishedIsNoFact()
    {
        Assert.That(await ContentHash.ComputeAsync(market.Store), Is.EqualTo(market.HashBefore));
        Assert.That(await market.Store.CheckAsync(), Is.Empty);
        var names = market.Store.Catalog.NodeTypes.Select(type => type.GraphName).Concat(market.Store.Catalog.RelationshipTypes.Select(type => type.GraphName))
            .Concat(["Statement", "Former", "Identifier", "ChangeSet", "StoreState", "IDENTIFIED_BY"]);
        Assert.That(DerivedNames.Labels.Concat(DerivedNames.Types).Append(DerivedNames.Publication).Append(DerivedNames.Client).Intersect(names), Is.Empty);
    }

    [Test]
    public async Task PublishingAgainChangesNothingAndLessDropsTheRest()
    {
        const string count = "MATCH (n) WHERE n._run IS NOT NULL OPTIONAL MATCH (n)-[r]->() WHERE r._run IS NOT NULL RETURN count(DISTINCT n) AS nodes, count(r) AS relationships";
        var before = (await market.RunAsync(count)).Single();
        var again = await market.PublishAsync(market.Publication);
        Assert.That((await market.RunAsync(count)).Single(), Is.EqualTo(before));
        Assert.That((again.Nodes, again.Relationships, again.Dropped), Is.EqualTo((market.Report.Nodes, market.Report.Relationships, 0L)));
        try
        {
            var less = await market.PublishAsync(market.Publication with { Scores = [] });
            Assert.That(less.Dropped, Is.EqualTo(2 * market.Scores.Count), "scores with their relationships");
            Assert.That((await market.RunAsync("MATCH (n:Score) RETURN count(n) AS scores")).Single()["scores"], Is.EqualTo(0L));
        }
        finally
        {
            await market.PublishAsync(market.Publication);
        }
    }

    [Test]
    public async Task EveryDerivedNodeAndNearlyEveryFactHasAName()
    {
        var rows = await market.RunAsync(
            "MATCH (n) WHERE n._run IS NOT NULL OR n._seq IS NOT NULL AND NOT n:Statement AND NOT n:Former "
            + "RETURN labels(n)[0] AS label, count(*) AS all, count(n.name) AS named");
        foreach (var row in rows)
            if ((string)row["label"]! is not "Device") Assert.That(row["named"], Is.EqualTo(row["all"]), (string)row["label"]!);
    }

    private IEnumerable<int> Parties() =>
        Enumerable.Range(0, market.Snapshot.Nodes.Count).Where(node => market.Snapshot.Nodes.TypeOf(node).IsParty);

    private IEnumerable<int> MostHeld(int count)
    {
        var algorithm = new OwnershipLookThrough(market.Holdings);
        return market.Snapshot.Nodes.OfType("Company").ToArray()
            .OrderByDescending(node => algorithm.OwnersOf(node, OwnershipSemantics.Walk).Stakes.Length).ThenBy(node => node).Take(count);
    }

    /// <summary>Clients with debt and several brokers or linked parties, the most first.</summary>
    private IEnumerable<int> MostLinked(int count)
    {
        var links = new LinkedParties(market.Snapshot, market.Holdings, market.Control);
        return market.Scores.Where(line => line.HasDebt).Select(line => line.Node)
            .OrderByDescending(node => links.LinksFrom(node).Count()).ThenBy(node => node).Take(count);
    }

    private static void AssertNumbers(IEnumerable<Dictionary<string, object?>> rows, string key, string number, IEnumerable<(string Key, double Number)> wanted)
    {
        var found = rows.ToDictionary(row => (string)row[key]!, row => (double)row[number]!);
        var expected = wanted.ToDictionary(pair => pair.Key, pair => pair.Number);
        Assert.That(found.Keys, Is.EquivalentTo(expected.Keys));
        foreach (var (name, value) in expected)
            Assert.That(found[name], Is.EqualTo(value).Within(Exact * Math.Max(1, Math.Abs(value))), $"{number} of {name}");
    }
}
