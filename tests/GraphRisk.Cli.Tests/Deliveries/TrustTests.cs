using System.Text.Json;

namespace GraphRisk.Cli.Tests.Deliveries;

/// <summary>Kind 03: a trust is a form. However a source states it, ownership goes on to those it holds for, and what cannot be used is a finding.</summary>
internal sealed class TrustTests
{
    private const string Day = "2025-06-30";
    private const string Trust = "91330106MA2NEND03N";
    private const string Held = "91110000600037341L";

    private DeliveryBench bench = null!;

    [SetUp]
    public void Open() => bench = new DeliveryBench();

    [TearDown]
    public void Close() => bench.Dispose();

    [TestCase("bods")]
    [TestCase("ftm")]
    [TestCase("csv")]
    [TestCase("own")]
    public async Task WhatATrustHoldsIsForItsBeneficiaryAndItsTrusteeVotes(string format)
    {
        var (company, beneficiary, trustee) = format switch
        {
            "bods" => await ImportBods("beneficiaryOfLegalArrangement", "trustee"),
            "ftm" => await ImportFollowTheMoney(),
            "csv" => await ImportRegistry(),
            _ => await ImportOwn(),
        };
        var answer = await bench.Ask($$"""{ ownershipLookThrough(company: "{{company}}", ultimate: true, asOf: "{{Day}}") { stakes { nodes { share holder { id } } } findings { kind } } }""");
        Assert.That(answer.GetProperty("stakes").GetProperty("nodes").EnumerateArray().Select(stake => (Id(stake.GetProperty("holder")), stake.GetProperty("share").GetDecimal())),
            Is.EqualTo(new[] { (await bench.NodeOf(beneficiary), 0.6m) }));
        Assert.That(answer.GetProperty("findings").GetArrayLength(), Is.Zero, answer.ToString());
        var control = await bench.Ask($$"""{ controllers(company: "{{company}}", asOf: "{{Day}}") { control { controllers { id } } } }""");
        Assert.That(control.GetProperty("control").EnumerateArray().SelectMany(one => one.GetProperty("controllers").EnumerateArray()).Select(Id), Is.EqualTo(new[] { await bench.NodeOf(trustee) }));
    }

    [TestCase("unknownInterest", "otherInfluenceOrControl", "ARRANGEMENT_UNKNOWN")]
    [TestCase("beneficiaryOfLegalArrangement", "beneficiaryOfLegalArrangement", "ARRANGEMENT_SHARED")]
    public async Task WhatCannotBeUsedOfATrustIsAFinding(string first, string second, string finding)
    {
        var (company, _, _) = await ImportBods(first, second);
        var answer = await bench.Ask($$"""{ ownershipLookThrough(company: "{{company}}", asOf: "{{Day}}") { findings { kind amount detail } } }""");
        Assert.That(answer.GetProperty("findings").EnumerateArray().Select(one => one.GetProperty("kind").GetString()), Is.EqualTo(new[] { finding }));
    }

    private async Task<(string Company, string Beneficiary, string Trustee)> ImportBods(string first, string second)
    {
        static string Statement(string id, string type, string details) => $$$"""{"statementId":"s-{{{id}}}","recordId":"{{{id}}}","recordType":"{{{type}}}","recordStatus":"new","recordDetails":{{{details}}}}""";
        static string Tie(string id, string subject, string party, string interest) => Statement(id, "relationship", $$"""{"subject":"{{subject}}","interestedParty":"{{party}}","interests":[{{interest}}]}""");
        await Landed("trust.jsonl", string.Join('\n', Statement("c", "entity", """{"entityType":{"type":"registeredEntity"},"name":"C Ltd"}"""),
            Statement("t", "entity", """{"entityType":{"type":"arrangement","subtype":"trust"},"name":"The T Trust"}"""),
            Statement("b", "person", """{"personType":"knownPerson","names":[{"fullName":"B B"}]}"""), Statement("v", "person", """{"personType":"knownPerson","names":[{"fullName":"V V"}]}"""),
            Tie("h", "c", "t", """{"type":"shareholding","directOrIndirect":"direct","share":{"exact":60}}"""), Tie("r1", "t", "b", $$"""{"type":"{{first}}"}"""), Tie("r2", "t", "v", $$"""{"type":"{{second}}"}""")));
        return ("Company/bods:c", "Person/bods:b", "Person/bods:v");
    }

    private async Task<(string Company, string Beneficiary, string Trustee)> ImportFollowTheMoney()
    {
        static string Entity(string id, string schema, string more) => $$$"""{"id":"{{{id}}}","caption":"{{{id}}} name","schema":"{{{schema}}}","properties":{{{{more}}}}}""";
        await Landed("trust.ftm.json", string.Join('\n', Entity("c", "Company", "\"name\":[\"C Ltd\"]"), Entity("t", "Organization", "\"name\":[\"T\"],\"legalForm\":[\"Discretionary Trust\"]"), Entity("b", "Person", "\"name\":[\"B B\"]"),
            Entity("v", "Company", "\"name\":[\"V Trust Company\"],\"legalForm\":[\"Trust Company\"]"),
            Entity("o", "Ownership", "\"owner\":[\"t\"],\"asset\":[\"c\"],\"percentage\":[\"60\"]"), Entity("u", "UnknownLink", "\"subject\":[\"b\"],\"object\":[\"t\"],\"role\":[\"Beneficiary\"]"),
            Entity("r", "Representation", "\"agent\":[\"v\"],\"client\":[\"t\"],\"role\":[\"Trustee\"]")));
        return ("Company/ftm:c", "Person/ftm:b", "Company/ftm:v");
    }

    private async Task<(string Company, string Beneficiary, string Trustee)> ImportRegistry()
    {
        bench.Write("in/registry/companies.csv", $"uscc,name,legal_form,industry,region,address,registered_capital,established\n{Held},样本有限公司,有限责任公司,,33,,,2012-01-04\n{Trust},样本家族信托,家族信托,,33,,,2012-01-04\n");
        bench.Write("in/registry/persons.csv", "person_no,name,id_number,birth_date,region\nP1,张伟,,,33\nP2,李四,,,33\n");
        bench.Write("in/registry/shareholders.csv", $"record_no,company_uscc,holder_kind,holder_no,holder_name,share_pct,votes_pct,amount,valid_from,valid_to\n1,{Held},COMPANY,{Trust},样本家族信托,60,60,,2012-01-04,\n");
        bench.Write("in/registry/officers.csv", $"record_no,company_uscc,person_no,name,position,valid_from,valid_to\n1,{Trust},P1,张伟,受益人,2012-01-04,\n2,{Trust},P2,李四,受托人,2012-01-04,\n");
        Assert.That((await bench.Import(bench.PathOf("in"))).GetProperty("quarantined").GetInt64(), Is.Zero);
        return ($"Company/registry:{Held}", "Person/registry:P1", "Person/registry:P2");
    }

    private async Task<(string Company, string Beneficiary, string Trustee)> ImportOwn()
    {
        var mapping = bench.Write("own.yaml", """
            mapping: own-trusts
            files: trusts.csv
            source: own
            reliability: 0.9
            columns: { no: 序号, company: 公司名称, trust: 信托名称, person: 当事人, role: 角色, pct: "持股比例(%)" }
            key: "{no}"
            nodes:
              company: { type: Company, key: "own:{company}" }
              trust: { type: Company, key: "own:{trust}" }
              person: { type: Person, key: "own:{person}" }
            facts:
              - { node: company, set: { name: company } }
              - { node: trust, set: { name: trust, kind: { value: ARRANGEMENT } } }
              - { node: person, set: { name: person } }
              - { edge: HOLDS, from: trust, to: company, set: { share: { column: pct, percent: true } } }
              - { edge: RELATED_TO, from: person, to: trust, set: { kind: role } }
            """);
        Assert.That((await bench.Import(bench.Write("trusts.csv", "序号,公司名称,信托名称,当事人,角色,持股比例(%)\n1,样本有限公司,样本信托,张伟,受益人,60\n2,样本有限公司,样本信托,李四,受托人,60\n"), "--mapping", mapping)).GetProperty("quarantined").GetInt64(), Is.Zero);
        return ("Company/own:样本有限公司", "Person/own:张伟", "Person/own:李四");
    }

    private async Task Landed(string file, string text) => Assert.That((await bench.Import(bench.Write(file, text))).GetProperty("quarantined").GetInt64(), Is.Zero);

    private static string Id(JsonElement node) => node.GetProperty("id").GetString()!;
}
