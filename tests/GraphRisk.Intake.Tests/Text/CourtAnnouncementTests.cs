using System.Text.Json;
using GraphRisk.Intake.Text;
using GraphRisk.TestKit;

namespace GraphRisk.Intake.Tests.Text;

public sealed class CourtAnnouncementTests
{
    [Test]
    public void TheAddresseesOfTheSampleAreThoseOfTheGazettesIndex()
    {
        foreach (var (text, kind, party, caseNumber) in Sample())
        {
            var read = CourtAnnouncement.Read(text, kind);
            Assert.That(read.CaseNumbers.Select(found => found.Number.Text), Does.Contain(CaseNumber.Parse(caseNumber)!.Text), text);
            var indexed = party.Split('、', StringSplitOptions.RemoveEmptyEntries).Distinct();
            Assert.That(read.Parties.Select(found => found.Name), Is.SupersetOf(indexed), text);
            foreach (var found in read.Parties) Assert.That(text[found.Start..found.End], Is.EqualTo(found.Name));
        }
    }

    [Test]
    public void EveryLawsuitOfTheSampleHasAPlaintiffAndAnAmount()
    {
        var suits = Sample().Where(item => item.Kind == "起诉状副本及开庭传票").Select(item => (item.Text, Read: CourtAnnouncement.Read(item.Text, item.Kind))).ToList();
        Assert.That(suits, Is.Not.Empty);
        foreach (var (text, read) in suits)
        {
            Assert.That(read.Parties.Count(party => party.Role == "原告"), Is.EqualTo(1), text);
            Assert.That(read.Amount, Is.Not.Null, text);
        }
    }

    [Test]
    public void ABankruptcyNamesDebtorPetitionerAndAdministrator()
    {
        const string text = "本院根据锦远证券股份有限公司的申请，于二〇二五年八月十八日裁定受理债务人杭州嘉大嘉软件集团有限公司破产清算一案（（2025）浙01破379号），并指定杭州天衡律师事务所担任杭州嘉大嘉软件集团有限公司管理人。";
        Assert.That(Roles(text, "破产文书"), Is.EqualTo(new[] { "申请人 锦远证券股份有限公司", "债务人 杭州嘉大嘉软件集团有限公司", "管理人 杭州天衡律师事务所" }));
    }

    [Test]
    public void AnAppealNamesTheAppellantByItsRole()
    {
        const string text = "重庆利卓软件有限公司：本院对原告荣富证券股份有限公司诉重庆利卓软件有限公司、严芳雪证券回购合同纠纷一案作出的〔2024〕渝0103民初4278号民事判决，上诉人（原审被告）深圳博新信息技术集团有限公司不服，提起上诉。";
        Assert.That(Roles(text, "上诉状副本"), Is.EqualTo(new[]
        {
            "被上诉人 重庆利卓软件有限公司", "原告 荣富证券股份有限公司", "上诉人 深圳博新信息技术集团有限公司",
        }));
    }

    [Test]
    public void AFirstLineThatIsNoListOfNamesAddressesNobody() =>
        Assert.That(Roles("本院定于2024年3月30日公告如下：原告与被告一案。", "裁判文书"), Is.Empty);

    [TestCase("合肥市隆通投资合伙企业（有限合伙）", NameShape.Company)]
    [TestCase("中国大连商业银行股份有限公司中山区支行", NameShape.Company)]
    [TestCase("沈志", NameShape.Person)]
    [TestCase("阿卜杜拉·买买提", NameShape.Person)]
    [TestCase("顾某某", NameShape.Person)]
    [TestCase("本院受理原告与被告一案", NameShape.None)]
    public void ANameIsOfItsShape(string name, NameShape shape) => Assert.That(PartyName.ShapeOf(name), Is.EqualTo(shape));

    private static IEnumerable<string> Roles(string text, string kind) =>
        CourtAnnouncement.Read(text, kind).Parties.Select(party => $"{party.Role} {party.Name}");

    private static IEnumerable<(string Text, string Kind, string Party, string CaseNumber)> Sample()
    {
        foreach (var line in File.ReadLines(Repository.PathOf("samples", "market", "court", "announcements.ndjson")))
        {
            using var row = JsonDocument.Parse(line);
            string Value(string name) => row.RootElement.GetProperty(name).GetString() ?? "";
            yield return (Value("text"), Value("kind"), Value("party"), Value("case_no"));
        }
    }
}
