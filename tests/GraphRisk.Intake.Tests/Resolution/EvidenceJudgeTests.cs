using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Resolution.Blocking;
using GraphRisk.Intake.Resolution.Decision;
using GraphRisk.Intake.Resolution.Ledger;
using GraphRisk.Intake.Resolution.Records;
using GraphRisk.Intake.Resolution.Weights;

namespace GraphRisk.Intake.Tests.Resolution;

public sealed class EvidenceJudgeTests
{
    private const string Id = "residentId=360426199101010071";
    private const string OtherId = "residentId=11010519491231002X";
    private static readonly PartyReader Reader = new(SchemaCatalog.LoadEmbedded());
    private static readonly EvidenceJudge Judge = new(ResolutionModel.Believed);

    [TestCase("name=张伟," + Id, "name=张伟," + Id, Verdict.Match)]
    [TestCase("name=张伟," + Id, "name=ZHANG WEI," + Id, Verdict.Match)]
    [TestCase("name=张伟," + Id, "name=张建国," + Id, Verdict.Match)]
    [TestCase("name=张伟,residentId=36042619910101009X", "name=张伟,residentId=36042619910101009X", Verdict.Match)]
    [TestCase("name=張偉,birthDate=1991-01-01", "name=张伟,birthDate=1991-01-01", Verdict.Match)]
    [TestCase("name=张伟," + Id, "name=张伟,birthDate=1991-01-01", Verdict.Match)]
    [TestCase("name=张伟,address=上海市浦东新区世纪大道100号", "name=张伟,address=上海市浦东新区世纪大道１００号", Verdict.Match)]
    [TestCase("name=张伟,phone=13800138001", "name=张伟,phone=+86 138-0013-8001", Verdict.Match)]
    [TestCase("name=张伟,residentId=360426910101007", "name=张伟," + Id, Verdict.Match)]
    [TestCase("name=张伟,maskedId=360426********0071", "name=张伟," + Id, Verdict.Match)]
    [TestCase("name=张伟,residentId=360426199101010171", "name=张伟," + Id, Verdict.Match)]
    [TestCase("name=Zhang Wei,birthDate=1991-01-01", "name=张伟,birthDate=1991-01-01", Verdict.Match)]
    [TestCase("name=Zhang Wei,birthDate=1991-01-01,phone=13800138001", "name=张伟,birthDate=1991-01-01,phone=13800138001", Verdict.Match)]
    [TestCase("name=张晓明,birthDate=1991-01-01,phone=13800138001", "name=张小明,birthDate=1991-01-01,phone=13800138001", Verdict.Match)]
    [TestCase("name=张伟,formerNames=张建,birthDate=1991-01-01", "name=张建,birthDate=1991-01-01", Verdict.Match)]
    [TestCase("name=张伟,passport=CN-E12345678", "name=Wei ZHANG,passport=CN-E12345678", Verdict.Match)]
    [TestCase("name=ZHANG WEI,maskedId=360426********0071", "name=张伟," + Id, Verdict.Match)]
    [TestCase("name=张伟,birthDate=1991-01-01,maskedId=360426********0071", "name=张建国," + Id, Verdict.Match)]
    [TestCase("name=张伟,birthDate=1991-01-01,maskedId=360426********0071", "name=张伟,birthDate=1991-01-01,residentId=360426199101010072", Verdict.Match)]
    [TestCase("name=张小明,phone=13800138001,address=上海市浦东新区世纪大道100号", "name=张晓明,phone=13800138001,address=上海市浦东新区世纪大道100号", Verdict.Match)]
    [TestCase("name=刘霞,phone=13800138001,address=上海市浦东新区世纪大道100号," + Id, "name=刘晓,phone=13800138001,address=上海市浦东新区世纪大道100号,residentId=360426199101010171", Verdict.Match)]
    public void TheSamePersonIsFound(string left, string right, Verdict expected) => Expect("Person", left, right, expected);

    [TestCase("name=张伟", "name=张伟")]
    [TestCase("name=张伟,phone=13800138001", "name=张伟,phone=13900139001")]
    [TestCase("name=张伟,birthDate=1991-01-01", "name=李强,birthDate=1991-01-01")]
    [TestCase("name=张伟,maskedId=360426********0071", "name=张伟,maskedId=110105********002X")]
    [TestCase("name=张伟,address=上海市浦东新区", "name=张伟,address=上海市浦东新区")]
    public void ANameOrABirthDateAloneJoinsNobody(string left, string right) => Expect("Person", left, right, null);

    [TestCase("birthDates=1962|1962-07-04", "birthDate=1962-07-04", "same-birth-date")]
    [TestCase("birthDates=1962-07", "birthDate=1962-07-04", "same-birth-month")]
    [TestCase("birthDate=1962-07-04", "birthDates=1962", "same-birth-year")]
    [TestCase("birthDates=1962", "birthDates=1962-07", "same-birth-year")]
    [TestCase("birthDates=1960|1962", "birthDate=1962-07-04", "same-birth-year")]
    [TestCase("birthDates=1962", "birthDate=1975-01-01", "other-birth-year")]
    [TestCase("birthDate=1962-07-04", "birthDate=1962-07-05", "different-birth-date")]
    public void DaysKnownInPartAreEvidenceAsFarAsTheyAreKnown(string left, string right, string said)
    {
        var (one, other) = (Reader.Read(ResolutionBench.Person("a", "name=张伟", left)), Reader.Read(ResolutionBench.Person("b", "name=张伟", right)));
        foreach (var explanation in (PairExplanation[])[Judge.Explain(one, other, SharedValues.None), Judge.Explain(other, one, SharedValues.None)])
            Assert.That(explanation.Reasons.Where(reason => reason.Contains("-birth-", StringComparison.Ordinal)), Has.One.StartsWith(said + " "));
    }

    [TestCase("name=张晓明,birthDate=1991-01-01", "name=张小明,birthDate=1991-01-01")]
    [TestCase("name=张伟," + Id, "name=李强," + Id)]
    [TestCase("name=张伟,sex=MALE," + Id, "name=李芳,sex=FEMALE," + Id)]
    [TestCase("name=张伟,passport=CN-E12345678,birthDate=1991-01-01", "name=张伟,passport=CN-E12345678,birthDate=1971-01-01")]
    public void HalfTheEvidenceOrStrongEvidenceOnBothSidesGoesToAPerson(string left, string right) =>
        Expect("Person", left, right, Verdict.Undecided);

    [TestCase("name=孟雨桐", "name=孟静怡")]
    [TestCase("name=孟建国", "name=孟建军")]
    [TestCase("name=孟建国,sex=MALE", "name=孟建军,sex=MALE")]
    public void TwinsOfOneHouseholdGoToAPerson(string left, string right)
    {
        const string Household = ",birthDate=1991-01-01,phone=13800138001,address=上海市浦东新区世纪大道100号";
        Expect("Person", left + Household, right + Household, Verdict.Undecided);
    }

    [Test]
    public void TelephoneAndAddressOfAHouseholdAreOneReason()
    {
        const string Household = ",phone=13800138001,address=上海市浦东新区世纪大道100号";
        var (left, right) = (Read("Person", "name=孟雨桐" + Household), Read("Person", "name=孟静怡" + Household));
        var bits = StepsOf(left, right).ToDictionary(step => step.Name, step => step.Bits);
        Assert.That(-bits["household"], Is.EqualTo(Math.Min(bits["same-phone"], bits["same-address"])));
        Expect("Person", "name=孟雨桐" + Household, "name=孟静怡" + Household, null);
    }

    [TestCase("Person", "name=孟雨桐,birthDate=1991-01-01,phone=13800138001,sex=MALE", "name=孟静怡,birthDate=1991-01-01,phone=13800138001,sex=FEMALE")]
    [TestCase("Person", "name=张伟," + Id, "name=ZHANG WEI," + OtherId)]
    [TestCase("Person", "name=张伟,phone=13800138001,maskedId=360426********0071", "name=张伟,phone=13800138001,maskedId=110105********002X")]
    [TestCase("Person", "name=张伟," + Id, "name=李强," + Id)]
    [TestCase("Company", "name=上海华信贸易有限公司,region=31,phone=02158881234", "name=上海华信实业有限公司,region=31,phone=02158881234")]
    public void TheStepsAddUpToTheBitsAndTheBitsAreTheProbability(string type, string left, string right)
    {
        var (one, other) = (Read(type, left), Read(type, right));
        var decision = Judge.Judge(one, other, SharedValues.None);
        Assert.That(StepsOf(one, other).Sum(step => step.Bits), Is.EqualTo(decision.Bits));
        Assert.That((double)decision.Score, Is.EqualTo(1 / (1 + Math.Pow(2, -(double)decision.Bits))).Within(1e-4));
    }

    [Test]
    public void ARareNameWeighsMoreThanACommonOne()
    {
        var (left, right) = (Read("Person", "name=张伟,birthDate=1991-01-01"), Read("Person", "name=张伟,birthDate=1991-01-01"));
        var shared = new SharedValues();
        var rare = Judge.Judge(left, right, shared).Bits;
        shared.Set(BlockKey.OfName(isPerson: true, left.Names[0].CoreKey), new BlockState(false, 9, false));
        Assert.That(Judge.Judge(left, right, shared).Bits, Is.LessThan(rare - 8).And.GreaterThan(rare - 12));
    }

    [TestCase("name=张伟,phone=13800138001," + Id, "name=张伟,phone=13800138001," + OtherId)]
    [TestCase("name=张伟,phone=13800138001,birthDate=1991-01-01", "name=张伟,phone=13800138001,birthDate=1991-01-02")]
    public void ContradictingEvidenceBlocksAMatch(string left, string right) => Expect("Person", left, right, Verdict.NoMatch);

    [TestCase("name=上海华信贸易有限公司,uscc=91110000600037341L", "name=上海新光实业有限公司,uscc=91110000600037341L", Verdict.Match)]
    [TestCase("name=上海华信贸易有限公司,uscc=91350100M0001TGQXM", "name=上海华信贸易有限公司,uscc=91350100M0001TGQXM", Verdict.Match)]
    [TestCase("name=上海华信贸易有限公司,region=31", "name=上海市華信貿易有限責任公司,region=31", Verdict.Undecided)]
    [TestCase("name=福州华信贸易有限公司,uscc=91350100M000100Y43", "name=福州华信贸易有限公司,organizationCode=M000100Y-4", Verdict.Match)]
    [TestCase("name=Huaxin Ltd,lei=5493001KJTIIGC8Y1R12", "name=华信有限公司,lei=5493001KJTIIGC8Y1R12", Verdict.Match)]
    [TestCase("name=上海华信贸易有限公司,region=31", "name=上海华信贸易股份有限公司,region=31", Verdict.Undecided)]
    [TestCase("name=上海华信贸易有限公司", "name=上海華信貿易有限公司,region=31", Verdict.Match)]
    [TestCase("name=上海华信贸易有限公司", "name=上海市华信贸易有限公司,region=31", null)]
    [TestCase("name=上海华信贸易有限公司", "name=上海华信贸易有限公司,region=11", null)]
    [TestCase("name=华信贸易有限公司", "name=华信贸易有限公司,region=31", null)]
    [TestCase("name=华信有限公司,region=31", "name=华信有限公司,region=11", null)]
    [TestCase("name=华信有限公司,region=31,uscc=91110000600037341L", "name=华信有限公司,region=31,uscc=91350100M000100Y43", Verdict.NoMatch)]
    public void CompaniesAreToldByCodeOrByNameAndPlace(string left, string right, Verdict? expected) => Expect("Company", left, right, expected);

    [Test]
    public void ReasonsNameTheFeaturesWithTheirEvidence()
    {
        var explanation = Judge.Explain(Read("Person", "name=张伟,birthDate=1991-01-01"), Read("Person", "name=張偉,birthDate=1991-01-01"), SharedValues.None);
        Assert.That(explanation.Judge, Is.EqualTo($"{ResolutionModel.Believed.Name}: same-birth-date + same-name"));
        Assert.That(explanation.Reasons, Is.EqualTo(new[] { "prior -13.29", "same-birth-date +14.21: 1991-01-01", "same-name +13.97: 张伟 | 張偉" }));
    }

    [Test]
    public void WhatTheNumberHoldsIsNotCountedBesideTheNumber()
    {
        var once = Judge.Judge(Read("Person", "name=张伟," + Id), Read("Person", "name=李伟," + Id), SharedValues.None);
        var twice = Judge.Judge(Read("Person", "birthDate=1991-01-01,sex=MALE,name=张伟," + Id), Read("Person", "birthDate=1991-01-01,sex=MALE,name=李伟," + Id), SharedValues.None);
        Assert.That(twice.Score, Is.EqualTo(once.Score));
    }

    private static List<ReasonLine> StepsOf(PartyRecord left, PartyRecord right)
    {
        var steps = new List<ReasonLine>();
        foreach (var reason in Judge.Explain(left, right, SharedValues.None).Reasons)
        {
            Assert.That(ReasonLine.TryRead(reason, out var step), Is.True, reason);
            Assert.That(step.ToString(), Is.EqualTo(reason));
            steps.Add(step);
        }

        return steps;
    }

    private static void Expect(string type, string left, string right, Verdict? expected)
    {
        var (one, other) = (Read(type, left), Read(type, right));
        var explanation = string.Join("; ", Judge.Explain(one, other, SharedValues.None).Reasons);
        Assert.Multiple(() =>
        {
            Assert.That(Judge.Judge(one, other, SharedValues.None).Verdict, Is.EqualTo(expected), explanation);
            Assert.That(Judge.Judge(other, one, SharedValues.None), Is.EqualTo(Judge.Judge(one, other, SharedValues.None)), "the order does not matter");
        });
    }

    private static PartyRecord Read(string type, string fields) => Reader.Read(
        type == "Person" ? ResolutionBench.Person("x", fields.Split(',')) : ResolutionBench.Company("x", fields.Split(',')));
}
