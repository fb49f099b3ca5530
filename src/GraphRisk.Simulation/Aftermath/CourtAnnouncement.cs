using GraphRisk.Simulation.Community;
using GraphRisk.Simulation.Names;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Aftermath;

/// <summary>A court announcement (法院公告) as the gazette prints it.</summary>
public sealed record CourtAnnouncement(string Court, string Kind, string CaseNumber, string Party, DateOnly PublishedOn, string Text)
{
    public static CourtAnnouncement Summons(Draws draws, Claim claim, DateOnly day)
    {
        var court = claim.Debtor.Place;
        var number = Aftermath.CaseNumber.Draw(draws, court, "民初", day);
        var hearing = day.AddDays(draws.Between(125, 170));
        return new CourtAnnouncement(court.CourtName, "起诉状副本及开庭传票", number, claim.DefendantNames, day,
            $"{claim.DefendantNames}：本院受理原告{claim.Creditor}与被告{claim.DefendantNames}{claim.Matter}纠纷一案，案号为{number}。"
            + $"原告诉请判令{You(claim)}偿还本金{ChineseNumerals.Amount(draws, claim.Amount)}及利息、违约金，并承担本案诉讼费用。"
            + $"现依法向{You(claim)}公告送达起诉状副本、应诉通知书、举证通知书及开庭传票。自公告之日起经过{draws.Pick(Terms)}即视为送达。"
            + $"提出答辩状和举证的期限分别为公告期满后15日和30日内。并定于{ChineseNumerals.Date(draws, hearing)}上午9时30分在本院第{draws.Pick(Rooms)}法庭公开开庭审理，逾期将依法缺席裁判。");
    }

    public static CourtAnnouncement Judgment(Draws draws, Claim claim, DateOnly day)
    {
        var court = claim.Debtor.Place;
        var number = Aftermath.CaseNumber.Draw(draws, court, "民初", day.AddDays(-90));
        var joint = claim.Guarantors.Count == 0 ? "" : $"二、被告{string.Join("、", claim.Guarantors.Select(g => g.DisplayName))}对上述债务承担连带清偿责任；";
        return new CourtAnnouncement(court.CourtName, "裁判文书", number, claim.DefendantNames, day,
            $"{claim.DefendantNames}：本院受理的原告{claim.Creditor}诉{You(claim)}{claim.Matter}纠纷一案，现已审理终结。依法向{You(claim)}公告送达{number}民事判决书。"
            + $"判决如下：一、被告{claim.Debtor.DisplayName}于本判决生效之日起十日内偿还原告{claim.Creditor}本金{ChineseNumerals.Amount(draws, claim.Amount)}及利息；{joint}"
            + $"驳回原告的其他诉讼请求。自公告之日起经过{draws.Pick(Terms)}即视为送达。如不服本判决，可在判决书送达之日起十五日内向本院递交上诉状，上诉于{court.City}中级人民法院。");
    }

    public static CourtAnnouncement Appeal(Draws draws, Claim claim, DateOnly day)
    {
        var court = claim.Debtor.Place;
        var number = Aftermath.CaseNumber.Draw(draws, court, "民初", day.AddDays(-150));
        var appellant = claim.Defendants.Last().DisplayName;
        return new CourtAnnouncement(court.CourtName, "上诉状副本", number, claim.Debtor.DisplayName, day,
            $"{claim.Debtor.DisplayName}：本院对原告{claim.Creditor}诉{claim.DefendantNames}{claim.Matter}纠纷一案作出的{number}民事判决，"
            + $"上诉人（原审被告）{appellant}不服，提起上诉。现依法向你公告送达上诉状副本，自公告之日起经过{draws.Pick(Terms)}即视为送达。"
            + "你可在公告期满后15日内向本院提交答辩状，逾期将依法移送上一级人民法院审理。");
    }

    public static CourtAnnouncement Execution(Draws draws, Claim claim, string number, DateOnly day)
    {
        var court = claim.Debtor.Place;
        return new CourtAnnouncement(court.CourtName, "执行文书", number, claim.DefendantNames, day,
            $"{claim.DefendantNames}：本院受理的申请执行人{claim.Creditor}与被执行人{claim.DefendantNames}{claim.Matter}纠纷一案，案号{number}，执行标的{ChineseNumerals.Amount(draws, claim.Amount)}。"
            + $"现依法向{You(claim)}公告送达执行通知书、报告财产令。自公告之日起经过{draws.Pick(Terms)}即视为送达，责令{You(claim)}自公告期满次日起三日内履行生效法律文书确定的义务。逾期不履行，本院将依法强制执行。");
    }

    public static CourtAnnouncement Bankruptcy(Draws draws, Company company, string applicant, DateOnly day)
    {
        var court = company.Place;
        var number = Aftermath.CaseNumber.DrawIntermediate(draws, court, "破", day);
        var accepted = day.AddDays(-draws.Between(5, 25));
        return new CourtAnnouncement(court.City + "中级人民法院", "破产文书", number, company.DisplayName, day,
            $"本院根据{applicant}的申请，于{ChineseNumerals.Date(draws, accepted)}裁定受理债务人{company.DisplayName}破产清算一案（{number}），并指定{court.CityWithoutSuffix}{draws.Pick(Firms)}律师事务所担任{company.DisplayName}管理人。"
            + $"{company.DisplayName}的债权人应自公告之日起{draws.Pick(Terms)}内向管理人申报债权，书面说明债权数额、有无财产担保，并提供相关证据材料。第一次债权人会议定于{ChineseNumerals.Date(draws, day.AddDays(60))}召开。");
    }

    public static CourtAnnouncement LostBill(Draws draws, Company applicant, DateOnly day)
    {
        var court = applicant.Place;
        var number = Aftermath.CaseNumber.Draw(draws, court, "民催", day);
        return new CourtAnnouncement(court.CourtName, "公示催告", number, applicant.DisplayName, day,
            $"申请人{applicant.DisplayName}因遗失银行承兑汇票一张，票号{draws.Between(10_000_000, 99_999_999)}，票面金额{ChineseNumerals.Amount(draws, draws.Between(1, 200) * 1e4)}，向本院申请公示催告，案号{number}，本院决定受理。"
            + $"自公告之日起{draws.Pick(Terms)}内，利害关系人应向本院申报权利。届时如果无人申报权利，本院将依法作出判决，宣告上述票据无效。");
    }

    private static readonly string[] Terms = ["30日", "三十日", "60日", "六十日", "三个月"];
    private static readonly string[] Rooms = ["一", "三", "五", "七", "十二"];
    private static readonly string[] Firms = ["正源", "天衡", "德恒信", "中咨", "明理"];

    private static string You(Claim claim) => claim.Guarantors.Count == 0 ? "你" : "你们";
}
