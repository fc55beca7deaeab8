using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PlaybookBuilder.Core.Database.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class WorkNotices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "work_notice",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    playbook_id = table.Column<Guid>(type: "uuid", nullable: false),
                    asked = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_work_notice", x => new { x.user_id, x.playbook_id });
                    table.ForeignKey(
                        name: "fk_work_notice_user_id",
                        column: x => x.user_id,
                        principalTable: "user_account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_work_notice_asked",
                table: "work_notice",
                column: "asked");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "work_notice");
        }
    }
}
