using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Market;
using GraphRisk.Market.Lending;
using GraphRisk.TestKit;
using GraphRisk.Workflow.Exposure;

namespace GraphRisk.Workflow.Tests;

/// <summary>
/// Two brokers. B1 lends to Li 1,000,000 on margin, to the company Li controls 3,000,000 on pledged shares, and to Wang, who
/// shares a device with Li at B1, 500,000. B2 lends to Li, to the same company and to Zhao, whose device is Li's at B2.
/// </summary>
internal static class MarketDrawing
{
    public const string Text = """
        (B1:Broker code=B1 netCapital=100000000 jurisdiction=31)
        (B2:Broker code=B2 netCapital=50000000 jurisdiction=11)
        (B3:Broker code=B3 jurisdiction=31)
        (S:Security code=S kind=SHARE close=10 sharesOutstanding=2000000)
        (Li:Person name=李雷)-[CLIENT_OF]->(B1)
        (Li)-[CLIENT_OF]->(B2)
        (Li)-[HOLDS share=0.6]->(Co:Company name=华信有限公司)
        (Co)-[CLIENT_OF]->(B1)
        (Wang:Person name=王芳)-[CLIENT_OF]->(B1)
        (Zhao:Person name=赵敏)-[CLIENT_OF]->(B2)
        (Zhao)-[CLIENT_OF]->(B1)
        (Idle:Person name=孙丽)-[CLIENT_OF]->(B3)
        (Li)-[CONTRACTED]->(M1:MarginContract contractNumber=M1 status=OPEN debt=1000000 cash=200000 marketValue=1100000 callLine=1.3 liquidationLine=1.1)-[GRANTED_BY]->(B1)
        (Li)-[CONTRACTED]->(M2:MarginContract contractNumber=M2 status=OPEN debt=7000000 cash=0 marketValue=14000000 callLine=1.3 liquidationLine=1.1)-[GRANTED_BY]->(B2)
        (Li)-[CONTRACTED]->(M9:MarginContract contractNumber=M9 status=CLOSED debt=0 cash=0 marketValue=5)-[GRANTED_BY]->(B1)
        (Co)-[CONTRACTED]->(P1:PledgeContract contractNumber=P1 status=OPEN debt=3000000 warningLine=1.6 closingLine=1.4)-[GRANTED_BY]->(B1)
        (P1)-[PLEDGED quantity=400000]->(S)
        (Co)-[CONTRACTED]->(P2:PledgeContract contractNumber=P2 status=OPEN debt=9000000 performanceRatio=2)-[GRANTED_BY]->(B2)
        (Wang)-[CONTRACTED]->(R1:RepoContract contractNumber=R1 status=OVERDUE debt=500000)-[GRANTED_BY]->(B1)
        (R1)-[PLEDGED quantity=30000 retainedDividends=1000]->(S)
        (Li)-[OWNS_ACCOUNT]->(A1:Account number=A1)-[KEPT_AT]->(B1)
        (Wang)-[OWNS_ACCOUNT]->(A2:Account number=A2)-[KEPT_AT]->(B1)
        (Li)-[OWNS_ACCOUNT]->(A3:Account number=A3)-[KEPT_AT]->(B2)
        (Zhao)-[OWNS_ACCOUNT]->(A4:Account number=A4)-[KEPT_AT]->(B2)
        (D1:Device kind=PHONE)-[SIGNED_IN]->(A1)
        (D1)-[SIGNED_IN]->(A2)
        (D2:Device kind=PHONE)-[SIGNED_IN]->(A3)
        (D2)-[SIGNED_IN]->(A4)
        """;

    public static DrawnGraph Draw(string more = "") => GraphText.Draw(Text + "\n" + more);

    public static LinkedExposure Exposure(DrawnGraph graph) => new(new MarketReading(graph.Snapshot));
}
