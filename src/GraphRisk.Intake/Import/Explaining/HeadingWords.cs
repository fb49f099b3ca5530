using System.Collections.Frozen;

namespace GraphRisk.Intake.Import.Explaining;

/// <summary>
/// What headings of tables about clients mean, in the words of brokers, registries and spreadsheets. A notion is a field of a party
/// or one of those a mapping needs besides: number, kind, idType, idNumber, opened, closed. A heading is held against the words
/// whole, not in parts, since 客户经理姓名 is nobody's name; only what says whose it is may stand in front.
/// </summary>
internal static class HeadingWords
{
    private static readonly (string Notion, string Words)[] Table =
    [
        ("number", "客户号 客户编号 客户编码 客户代码 客户标识 编号 编码 代码 档案号 客户内码 内码 记录号 序列号 no number id code recordno recordid key"),
        ("name", "姓名 名称 全称 户名 企业名称 公司名称 单位名称 机构名称 中文名称 中文名 name fullname legalname title"),
        ("formerNames", "曾用名 曾用名称 原名 原名称 formername formernames previousname oldname"),
        ("aliases", "简称 别名 英文名 英文名称 alias aliases shortname englishname"),
        ("kind", "类型 类别 性质 主体类型 主体类别 账户主体 客户分类 kind type category class partykind partytype"),
        ("idType", "证件类型 证件种类 证件类别 证照类型 身份证件类型 idtype documenttype doctype"),
        ("idNumber", "证件号 证件号码 证件编号 证照号码 证照号 身份证件号码 有效证件号码 idnumber idno documentnumber docno documentno"),
        ("residentId", "身份证 身份证号 身份证号码 公民身份号码 居民身份证号 居民身份证号码 residentid nationalid idcard idcardno"),
        ("passport", "护照 护照号 护照号码 passport passportno passportnumber"),
        ("uscc", "统一社会信用代码 社会信用代码 信用代码 统一代码 统一信用代码 营业执照号 uscc creditcode unifiedsocialcreditcode"),
        ("organizationCode", "组织机构代码 机构代码 组织机构代码证号 organizationcode organisationcode orgcode"),
        ("lei", "法人识别编码 全球法人识别编码 全球法人机构识别编码 lei legalentityidentifier"),
        ("idExpiresOn", "证件有效期 证件到期日 证件有效期至 证件截止日期 证件有效期截止日 证件失效日期 idexpires idexpiry idexpireson"),
        ("birthDate", "出生日 出生日期 出生年月 出生年月日 生日 birthdate dateofbirth dob birthday born"),
        ("sex", "性别 sex gender"),
        ("phone", "手机 手机号 手机号码 联系电话 联系手机 电话 电话号码 移动电话 联系方式 phone mobile tel telephone phonenumber mobilenumber"),
        ("email", "邮箱 电子邮箱 电子邮件 邮件地址 email mail emailaddress"),
        ("address", "地址 联系地址 住址 住所 注册地址 通讯地址 通信地址 经营地址 家庭住址 居住地址 address postaladdress registeredaddress"),
        ("nationality", "国籍 nationality"),
        ("country", "国家 国别 注册国 country"),
        ("region", "辖区 地区 省份 所在地区 注册地 所属辖区 region province jurisdiction"),
        ("industry", "行业 所属行业 行业分类 行业类别 industry sector"),
        ("legalForm", "企业类型 公司类型 组织形式 法律形式 企业性质 legalform companytype"),
        ("registeredCapital", "注册资本 注册资金 注册资本金 registeredcapital capital sharecapital"),
        ("totalAssets", "总资产 资产总额 资产总计 totalassets"),
        ("totalLiabilities", "总负债 负债总额 负债合计 totalliabilities"),
        ("revenue", "营业收入 营业总收入 revenue turnover"),
        ("netProfit", "净利润 netprofit netincome"),
        ("accountsUntil", "报告期 会计期间 报告期末 periodend accountsuntil"),
        ("establishedOn", "成立日期 成立日 成立时间 设立日期 注册日期 established establishedon foundingdate incorporationdate"),
        ("dissolvedOn", "注销日期 吊销日期 注销时间 dissolved dissolvedon"),
        ("status", "经营状态 登记状态 企业状态 存续状态 operatingstatus"),
        ("opened", "开户日 开户日期 开户时间 建档日期 建档日 入户日期 opened openedon openingdate since startdate"),
        ("broker", "券商 券商代码 券商编码 券商编号 券商名称 证券公司 证券公司代码 证券公司名称 开户券商 托管券商 所属券商 经纪商 经纪商代码 托管人 托管机构 托管机构代码 托管单元 会员代码 会员名称 broker brokercode brokerid brokerno brokername brokerage brokeragefirm custodian custodiancode custodianid custodianname custodybank primebroker securitiescompany"),
        ("closed", "销户日 销户日期 销户时间 closed closedon closingdate until"),
    ];

    /// <summary>Words that say whose a value is.</summary>
    private static readonly string[] Owners =
        ["客户", "投资者", "投资人", "主体", "本人", "个人", "企业", "公司", "机构", "单位", "股东", "当事人", "client", "customer", "investor", "party", "holder", "company", "person"];

    private static readonly FrozenDictionary<string, string> Meanings = Table
        .SelectMany(row => row.Words.Split(' ').Append(row.Notion.ToLowerInvariant()).Select(word => (word, row.Notion)))
        .DistinctBy(pair => pair.word).ToFrozenDictionary(pair => pair.word, pair => pair.Notion, StringComparer.Ordinal);

    /// <summary>The notion of a heading; null where it is not understood.</summary>
    public static string? NotionOf(string heading)
    {
        var plain = Plain(heading);
        while (true)
        {
            if (Meanings.TryGetValue(plain, out var notion)) return notion;
            if (Array.Find(Owners, owner => plain.Length > owner.Length && plain.StartsWith(owner, StringComparison.Ordinal)) is not { } owner) return null;
            plain = plain[owner.Length..];
        }
    }

    /// <summary>A heading without what stands in brackets, signs and capitals.</summary>
    public static string Plain(string heading) =>
        string.Concat(heading.Split('(', '（', '[', '【')[0].Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
